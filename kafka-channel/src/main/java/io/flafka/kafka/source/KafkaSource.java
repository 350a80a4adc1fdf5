package io.flafka.kafka.source;

import io.flafka.kafka.client.Remedy;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import org.apache.flume.ChannelException;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.FlumeException;
import org.apache.flume.PollableSource;
import org.apache.flume.conf.BatchSizeSupported;
import org.apache.flume.conf.Configurable;
import org.apache.flume.conf.ConfigurationException;
import org.apache.flume.source.AbstractSource;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Flume source that reads Kafka topics, with the keys and the headers of stock Flume's.
 *
 * <p>The group's offsets are committed after the channels have taken a batch, so nothing is lost.
 * When a partition moves to another member, what was read of it is put and committed first. A
 * channel that keeps positions (io.flafka.KafkaChannel, exactly once) ignores what it has already:
 * so a crash between the two commits, or a lost answer, doubles nothing either, as long as the
 * partition comes back to this agent.
 *
 * <p>What a channel refuses comes again, in order, as it was in the topic: interceptors see it
 * anew.
 */
public final class KafkaSource extends AbstractSource
    implements PollableSource, Configurable, BatchSizeSupported {
  private static final Logger log = LoggerFactory.getLogger(KafkaSource.class);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private @Nullable KafkaSourceConfig config;
  private @Nullable KafkaSourceStats counter;
  private volatile @Nullable Intake intake;

  /**
   * Reads the keys, without any network.
   *
   * @throws ConfigurationException naming every key that is wrong
   */
  @Override
  public void configure(Context context) {
    config = KafkaSourceConfig.parse(getName(), context);
    if (counter == null) {
      counter = new KafkaSourceStats(getName());
    }
  }

  @Override
  public long getBatchSize() {
    return configured().batchSize().orElse(KafkaSourceConfig.BATCH);
  }

  @Override
  public long getBackOffSleepIncrement() {
    return configured().backoff();
  }

  @Override
  public long getMaxBackOffSleepInterval() {
    return configured().maxBackoff();
  }

  /**
   * Makes the consumer; the cluster need not be there yet.
   *
   * @throws FlumeException if it can't be made; Flume tries again every three seconds
   */
  @Override
  public synchronized void start() {
    KafkaSourceConfig current = configured();
    KafkaSourceStats counted = counted();
    Targets targets = new Targets(getChannelProcessor().getSelector().getAllChannels());
    try {
      intake = Intake.open(current, targets, getChannelProcessor(), counted);
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new FlumeException("Can't make a Kafka consumer: " + Remedy.describe(cause), e);
    }
    counted.start();
    super.start();
    log.info(
        "Source {} started, {}: group {} at {}",
        getName(),
        targets.keepPositions() ? "with positions" : "at least once",
        current.group(),
        current.servers());
  }

  /** Leaves the consumer group, within ten seconds. */
  @Override
  public synchronized void stop() {
    Intake current = intake;
    intake = null;
    if (current != null) {
      try {
        current.close(STOP_LIMIT);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (KafkaException | ConcurrentModificationException e) {
        // Not committed is not lost: the group drops a silent member after its session time-out.
        log.warn("The consumer of source {} didn't leave its group in time", getName(), e);
      }
    }
    counted().stop();
    super.stop();
  }

  /**
   * Moves one batch. A poll that found nothing has waited already, so it asks for no more sleep.
   */
  @Override
  public Status process() throws EventDeliveryException {
    Intake current = intake;
    if (current == null) {
      return Status.BACKOFF;
    }
    try {
      current.step();
      return Status.READY;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Status.BACKOFF;
    } catch (ChannelException e) {
      counted().incrementEventReadOrChannelFail(e);
      log.error("Source {} moved nothing, and tries again: {}", getName(), e.getMessage(), e);
      return Status.BACKOFF;
    }
  }

  private KafkaSourceConfig configured() {
    KafkaSourceConfig current = config;
    if (current == null) {
      throw new FlumeException("Source " + getName() + " can't be used before it is configured");
    }
    return current;
  }

  private KafkaSourceStats counted() {
    KafkaSourceStats current = counter;
    if (current == null) {
      throw new FlumeException("Source " + getName() + " can't be used before it is configured");
    }
    return current;
  }
}
