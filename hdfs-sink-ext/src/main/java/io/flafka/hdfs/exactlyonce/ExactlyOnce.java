package io.flafka.hdfs.exactlyonce;

import io.flafka.delivery.PositionedEvent;
import io.flafka.delivery.ReplayableChannel;
import io.flafka.hdfs.bucket.Bucket;
import io.flafka.hdfs.bucket.Buckets;
import io.flafka.hdfs.bucket.EventClock;
import io.flafka.hdfs.bucket.UnresolvedEscape;
import io.flafka.hdfs.cargo.Cargo;
import io.flafka.hdfs.cargo.Haste;
import io.flafka.hdfs.cargo.HdfsSinkCounter;
import io.flafka.hdfs.cargo.RollReason;
import io.flafka.hdfs.cargo.Unloading;
import io.flafka.hdfs.config.HdfsSinkConfig;
import io.flafka.hdfs.file.Crew;
import io.flafka.hdfs.file.FileNames;
import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.file.RollPolicy;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.apache.flume.Channel;
import org.apache.flume.Event;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.apache.flume.Transaction;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Unloads from roll to roll: one channel transaction spans everything that goes into one set of
 * files, and what it took is committed in the same step as the files that it became.
 *
 * <p>Steps leave the transaction open. When one file is finished, all are closed, and the channel
 * is told to commit; it has {@link Manifests} prepare and publish. It also does so by itself, when
 * it has to give partitions away. When anything fails, the transaction is rolled back, its files
 * are deleted, and all of it comes again.
 */
public final class ExactlyOnce implements Unloading {
  /** A channel that took longer than this to say that it is empty has waited already. */
  private static final long AT_ONCE = TimeUnit.MILLISECONDS.toNanos(100);

  private final String sink;
  private final Channel channel;
  private final InstantSource clock;
  private final HdfsSinkCounter counter;
  private final Haste haste;
  private final RollPolicy policy;
  private final int maxOpenFiles;
  private final HdfsClient hdfs;
  private final Crew crew;
  private final Buckets buckets;
  private final Run run;
  private final Shipment shipment;
  private final Housekeeping housekeeping;
  private final Caution caution = new Caution();
  private @Nullable Transaction transaction;

  /**
   * Joins the calling thread to the channel.
   *
   * @param name what the names of threads begin with
   * @param hdfs is closed with this
   */
  public ExactlyOnce(
      String name, HdfsSinkConfig config, Cargo cargo, ReplayableChannel channel, HdfsClient hdfs) {
    this.sink = cargo.sink();
    this.channel = channel;
    this.clock = cargo.clock();
    this.counter = cargo.counter();
    this.haste = cargo.haste();
    this.policy = config.roll();
    this.maxOpenFiles = config.maxOpenFiles();
    this.hdfs = hdfs;
    this.crew = new Crew(name, config.threads());
    EventClock time = new EventClock(config.layout().localTime(), clock);
    this.buckets = new Buckets(sink, config.layout(), time, counter);
    String number = FileNames.newRun();
    Premises premises = new Premises(hdfs.qualified(new Path(config.manifests())));
    this.run = new Run(hdfs, premises, name + "-" + number, clock);
    FileNames names = new FileNames(config.names(), clock, number);
    Staging staging = new Staging(hdfs, run, names, config.format(), config.sync(), clock, counter);
    this.shipment = new Shipment(hdfs, staging, crew, counter);
    Publication publication = new Publication(sink, hdfs, crew, counter);
    DeadRuns dead = new DeadRuns(sink, hdfs, premises, publication, run, clock, counter);
    History history = new History(hdfs, premises);
    this.housekeeping =
        new Housekeeping(
            sink, run, dead, new HistoryDays(hdfs, premises, history, config.historyDays()), clock);
    Recovery recovery =
        new Recovery(
            sink,
            hdfs,
            path -> HdfsClient.open(path, config.rawLocal(), config.login()),
            publication,
            history,
            dead);
    channel.enlist(
        new Manifests(
            sink,
            name + " on " + run.owner().host(),
            shipment,
            run,
            hdfs::qualified,
            publication,
            recovery,
            counter));
  }

  @Override
  public Status step() throws EventDeliveryException {
    try {
      rollIfOver();
      long start = System.nanoTime();
      int taken = take();
      counter.inFlight(shipment.openFiles(), shipment.bytes());
      boolean idle = taken == 0 && System.nanoTime() - start < AT_ONCE;
      return idle ? Status.BACKOFF : Status.READY;
    } catch (Throwable failure) {
      throw undone(failure);
    }
  }

  private int take() throws EventDeliveryException, IOException {
    begin();
    haste.begin();
    int taken = 0;
    while (!haste.isAsked()) {
      Event event = channel.take();
      if (event == null) {
        break;
      }
      taken++;
      write(event);
    }
    shipment.stepEnded(clock.millis());
    counter.addToEventDrainAttemptCount(taken);
    return taken;
  }

  private void write(Event event) throws EventDeliveryException, IOException {
    StagedFile file = shipment.add(bucket(event), positioned(event));
    RollReason reason = full(file);
    if (reason != null) {
      roll(reason);
      begin();
    }
  }

  private @Nullable RollReason full(StagedFile file) {
    RollReason reason = file.full(policy);
    if (reason == null && shipment.openFiles() > maxOpenFiles) {
      return RollReason.OPEN_FILES;
    }
    if (reason == null && caution.isReached(shipment.events())) {
      return RollReason.CAUTION;
    }
    return reason;
  }

  private Bucket bucket(Event event) throws EventDeliveryException {
    try {
      return buckets.of(event);
    } catch (UnresolvedEscape e) {
      throw new EventDeliveryException(positioned(event).position() + ": " + e.getMessage(), e);
    }
  }

  private static PositionedEvent positioned(Event event) {
    if (event instanceof PositionedEvent positioned) {
      return positioned;
    }
    throw new IllegalStateException("the channel gave an event that knows no position");
  }

  private void begin() {
    if (transaction == null) {
      Transaction begun = channel.getTransaction();
      begun.begin();
      transaction = begun;
    }
  }

  private void rollIfOver() {
    RollReason reason = shipment.over(policy, clock.millis());
    if (reason != null) {
      roll(reason);
    }
  }

  /** Commits, by which the channel has everything prepared and published. */
  private void roll(RollReason reason) {
    Transaction current = transaction;
    if (current == null) {
      return;
    }
    shipment.ending(reason);
    current.commit();
    transaction = null;
    current.close();
    caution.committed();
  }

  private EventDeliveryException undone(Throwable failure) {
    long again = shipment.uncommitted();
    Transaction current = transaction;
    transaction = null;
    if (current != null) {
      Unloading.rollBack(current, failure);
    }
    caution.failed(again);
    counter.incrementEventWriteOrChannelFail(failure);
    String what = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return new EventDeliveryException(
        (what.startsWith(sink) ? what : sink + ": " + what)
            + (again == 0 ? "" : "; " + again + " events that were not committed come again"),
        failure);
  }

  @Override
  public void tidy() {
    housekeeping.go();
    try {
      rollIfOver();
    } catch (Throwable failure) {
      housekeeping.report(undone(failure));
    }
  }

  @Override
  public void close() throws EventDeliveryException, IOException {
    try (hdfs;
        crew) {
      roll(RollReason.STOP);
      housekeeping.end();
      run.end();
    } catch (IOException e) {
      throw e;
    } catch (Throwable failure) {
      throw undone(failure);
    }
  }
}
