package io.flafka.hdfs.atleastonce;

import io.flafka.hdfs.cargo.Cargo;
import io.flafka.hdfs.cargo.Haste;
import io.flafka.hdfs.cargo.HdfsSinkCounter;
import io.flafka.hdfs.cargo.RollReason;
import io.flafka.hdfs.config.HdfsSinkConfig;
import io.flafka.hdfs.file.BucketFile;
import io.flafka.hdfs.file.OpenFiles;
import io.flafka.hdfs.file.RollPolicy;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;

/**
 * What a sink does at a time: lands the files whose time is over, tries the stranded ones again,
 * and delivers some transactions.
 *
 * <p>It ends when the channel has no more, or when it is told to: then Flume may stop the sink.
 */
public final class Step {
  /** A channel that took longer than this to say that it is empty has waited already. */
  private static final long AT_ONCE = TimeUnit.MILLISECONDS.toNanos(100);

  private final int batchSize;
  private final RollPolicy policy;
  private final OpenFiles open;
  private final Landing landing;
  private final Salvage salvage;
  private final Delivery delivery;
  private final InstantSource clock;
  private final HdfsSinkCounter counter;
  private final Haste haste;

  public Step(
      HdfsSinkConfig config,
      OpenFiles open,
      Landing landing,
      Salvage salvage,
      Delivery delivery,
      Cargo cargo) {
    this.batchSize = config.batchSize();
    this.policy = config.roll();
    this.open = open;
    this.landing = landing;
    this.salvage = salvage;
    this.delivery = delivery;
    this.clock = cargo.clock();
    this.counter = cargo.counter();
    this.haste = cargo.haste();
  }

  /**
   * Takes one step.
   *
   * @return BACKOFF if there was nothing to take, and the channel didn't wait for it
   * @throws EventDeliveryException if a transaction failed, or a file could not be landed
   */
  public Status take() throws EventDeliveryException {
    tidy();
    Status status;
    try {
      status = deliver();
    } catch (EventDeliveryException e) {
      landing.takeFailures().forEach(e::addSuppressed);
      throw e;
    }
    landing.report();
    counter.inFlight(open.size(), open.bytes());
    return status;
  }

  /**
   * Lands what only time has finished. A sink of a sink group may not be asked to take a step for
   * long.
   */
  public void tidy() {
    salvage.go();
    landing.retry();
    landing.land(open.removeOver(policy, clock.millis(), counter::rolled));
  }

  private Status deliver() throws EventDeliveryException {
    haste.begin();
    long start = System.nanoTime();
    int total = 0;
    int taken;
    do {
      taken = delivery.deliver();
      total += taken;
    } while (taken == batchSize && !haste.isAsked());
    boolean idle = total == 0 && System.nanoTime() - start < AT_ONCE;
    return idle ? Status.BACKOFF : Status.READY;
  }

  /** Lands everything. */
  public void last() throws EventDeliveryException {
    List<BucketFile> all = open.removeAll();
    all.forEach(any -> counter.rolled(RollReason.STOP));
    landing.land(all);
    landing.retryAll();
    landing.awaitRecoveries();
    landing.report();
  }
}
