package io.flafka.kafka.sink;

import io.flafka.kafka.client.Remedy;
import java.time.Duration;
import java.util.List;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.FlumeException;
import org.apache.flume.conf.BatchSizeSupported;
import org.apache.flume.conf.Configurable;
import org.apache.flume.conf.ConfigurationException;
import org.apache.flume.sink.AbstractSink;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Flume sink that sends events to Kafka, with the keys and the records of stock Flume's.
 *
 * <p>At least once, a batch is on every in-sync replica before the channel's transaction commits; a
 * failure in between sends it again. Exactly once, a batch is one Kafka transaction: none of a
 * failed one is visible, and events that know their position are not sent twice, even if a crash
 * keeps the channel from hearing of the commit.
 *
 * <p>An event that can never be sent (too large, no such partition) is found before anything of its
 * batch is sent. It goes to {@code deadletter.topic}; without one it stays in the channel, and the
 * sink says so again and again until the cause is mended.
 */
public final class KafkaSink extends AbstractSink implements Configurable, BatchSizeSupported {
  private static final Logger log = LoggerFactory.getLogger(KafkaSink.class);

  /** What is under way when the sink stops has its time to arrive. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private @Nullable KafkaSinkConfig config;
  private @Nullable KafkaSinkStats counter;
  private volatile @Nullable Outlet outlet;

  /**
   * Reads the keys, without any network.
   *
   * @throws ConfigurationException naming every key that is wrong
   */
  @Override
  public void configure(Context context) {
    config = KafkaSinkConfig.parse(getName(), context);
    if (counter == null) {
      counter = new KafkaSinkStats(getName());
    }
  }

  @Override
  public long getBatchSize() {
    return configured().batchSize().orElse(Outlet.BATCH);
  }

  /**
   * Creates the topic if that is wanted, waiting ten seconds at most for each answer of the
   * cluster, and makes the producer, for which the cluster need not be there yet.
   *
   * @throws FlumeException if that fails; Flume tries again every three seconds
   */
  @Override
  public synchronized void start() {
    KafkaSinkConfig current = configured();
    current
        .creation()
        .map(creation -> creation.ensure(current.puts().producer()))
        .orElse(List.of())
        .forEach(difference -> log.warn("Sink {}: {}", getName(), difference));
    try {
      outlet = Outlet.open(current, counted());
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new FlumeException("Can't make a Kafka producer: " + Remedy.describe(cause), e);
    }
    counted().start();
    super.start();
    log.info(
        "Sink {} started, {}: topic {} at {}",
        getName(),
        current.puts().guarantee(),
        current.topic(),
        current.servers());
  }

  /** Closes the producer within twenty seconds. */
  @Override
  public synchronized void stop() {
    Outlet current = outlet;
    if (current != null) {
      outlet = null;
      current.close(STOP_LIMIT);
      counted().incrementConnectionClosedCount();
    }
    counted().stop();
    super.stop();
  }

  @Override
  public Status process() throws EventDeliveryException {
    Outlet current = outlet;
    if (current == null) {
      throw new EventDeliveryException("Sink " + getName() + " is not started");
    }
    try {
      return current.step(getChannel()) == 0 ? Status.BACKOFF : Status.READY;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EventDeliveryException("Sink " + getName() + " was stopped", e);
    } catch (RuntimeException e) {
      counted().incrementEventWriteOrChannelFail(e);
      throw new EventDeliveryException(
          "Sink " + getName() + " sent nothing that counts: " + e.getMessage(), e);
    }
  }

  private KafkaSinkConfig configured() {
    KafkaSinkConfig current = config;
    if (current == null) {
      throw new FlumeException("Sink " + getName() + " can't be used before it is configured");
    }
    return current;
  }

  private KafkaSinkStats counted() {
    KafkaSinkStats current = counter;
    if (current == null) {
      throw new FlumeException("Sink " + getName() + " can't be used before it is configured");
    }
    return current;
  }
}
