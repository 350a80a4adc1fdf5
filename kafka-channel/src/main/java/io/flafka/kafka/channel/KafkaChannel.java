package io.flafka.kafka.channel;

import io.flafka.delivery.Guarantee;
import io.flafka.delivery.Participant;
import io.flafka.delivery.PositionLedger;
import io.flafka.delivery.ReplayableChannel;
import io.flafka.kafka.client.RetentionCheck;
import io.flafka.kafka.client.TopicCheck;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flume.ChannelException;
import org.apache.flume.Context;
import org.apache.flume.FlumeException;
import org.apache.flume.channel.BasicChannelSemantics;
import org.apache.flume.channel.BasicTransactionSemantics;
import org.apache.flume.conf.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Flume channel that keeps its events in a Kafka topic, with the keys and the wire format of
 * stock Flume's, so that old and new agents can share a topic and a consumer group.
 *
 * <p>At least once, a committed put is on every in-sync replica, and a taken event comes again
 * unless its transaction was committed, to this agent or to another one of the group. Exactly once,
 * a put transaction is visible as a whole or not at all, with the positions of its events, and puts
 * at or below these are ignored; and a participant's output is committed together with the offsets
 * of what went into it. Order is kept within a partition, over rollbacks too.
 *
 * <p>Sources may put from any number of threads. Every thread that takes is a member of the
 * consumer group, so more sinks than the topic has partitions leave some idle. When a partition
 * moves to another member while events of it are taken and not committed, that transaction's commit
 * throws.
 *
 * <p>{@link #configure} only stores, since Flume configures a channel that runs; the configuration
 * counts from the next {@link #start}.
 */
public final class KafkaChannel extends BasicChannelSemantics
    implements PositionLedger, ReplayableChannel {
  private static final Logger log = LoggerFactory.getLogger(KafkaChannel.class);

  /** Sources and sinks have stopped by then, so there is little left to wait for. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private volatile @Nullable KafkaChannelConfig config;
  private volatile @Nullable Connection connection;

  /**
   * Reads the keys, without any network.
   *
   * @throws ConfigurationException naming every key that is wrong
   */
  @Override
  public void configure(Context context) {
    config = KafkaChannelConfig.parse(getName(), context);
  }

  /**
   * Creates the topic if that is wanted, checks that it is there, waiting ten seconds at most for
   * each answer of the cluster, and connects.
   *
   * @throws FlumeException if that fails; Flume tries again every three seconds
   */
  @Override
  public synchronized void start() {
    KafkaChannelConfig current = config;
    if (current == null) {
      throw new FlumeException("Channel " + getName() + " can't start before it is configured");
    }
    if (connection != null) {
      return;
    }
    try {
      current
          .creation()
          .map(creation -> creation.ensure(current.client()))
          .orElse(List.of())
          .forEach(difference -> log.warn("Channel {}: {}", getName(), difference));
      int partitions = TopicCheck.partitions("kafka.topic", current.topic(), current.client());
      connection = Connection.open(getName(), current);
      if (current.events().timestampHeader() != null) {
        RetentionCheck.warning(current.topic(), current.client())
            .ifPresent(warning -> log.warn("Channel {}: {}", getName(), warning));
      }
      log.info(
          "Channel {} started, {}: topic {} ({} partitions) at {}, group {}",
          getName(),
          current.puts().guarantee(),
          current.topic(),
          partitions,
          current.servers(),
          current.group());
    } catch (Error e) {
      // Flume gives up on a channel whose start throws an Error, and then waits for it for ever.
      throw new FlumeException("Channel " + getName() + " can't start: " + e, e);
    }
    super.start();
  }

  /** Closes all clients within twenty seconds; without effect if stopped already. */
  @Override
  public synchronized void stop() {
    Connection current = connection;
    if (current != null) {
      connection = null;
      current.close(STOP_LIMIT);
      log.info("Channel {} stopped", getName());
    }
    super.stop();
  }

  @Override
  public boolean keepsPositions() {
    KafkaChannelConfig current = config;
    return current != null && current.puts().guarantee() == Guarantee.EXACTLY_ONCE;
  }

  @Override
  public OptionalLong committed(String stream) {
    return connection().ledger().committed(stream);
  }

  @Override
  public void forget(String stream) {
    connection().ledger().forget(stream);
  }

  @Override
  public boolean replays() {
    return keepsPositions();
  }

  @Override
  public void enlist(Participant participant) {
    if (!replays()) {
      throw new FlumeException(
          "Channel "
              + getName()
              + " delivers at least once, so no sink can take from it exactly once: set "
              + Guarantee.KEY
              + " = exactly_once on the channel, too");
    }
    connection().enlist(participant);
  }

  @Override
  protected BasicTransactionSemantics createTransaction() {
    return new KafkaTransaction(connection());
  }

  private Connection connection() {
    Connection current = connection;
    if (current == null) {
      throw new ChannelException("Channel " + getName() + " is not started");
    }
    return current;
  }
}
