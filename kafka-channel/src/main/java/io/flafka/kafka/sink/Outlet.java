package io.flafka.kafka.sink;

import io.flafka.delivery.BatchLimits;
import io.flafka.delivery.RefusedEventException;
import io.flafka.kafka.produce.DeadLetterTopic;
import io.flafka.kafka.produce.EventBatch;
import io.flafka.kafka.produce.EventSender;
import java.time.Duration;
import java.util.OptionalInt;
import org.apache.flume.Channel;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.FlumeException;
import org.apache.flume.Transaction;
import org.apache.flume.conf.TransactionCapacitySupported;
import org.apache.kafka.common.KafkaException;

/**
 * What a sink holds between its start and its stop: it takes batches out of the channel and sends
 * them. For one thread; another one closes it, when that is done.
 */
final class Outlet {
  /** Stock's. */
  static final int BATCH = 100;

  private final OptionalInt batchSize;
  private final EventSender sender;
  private final KafkaSinkStats stats;

  /** How many events are before one that can't be sent: the next batch ends there. */
  private int clear;

  private Outlet(OptionalInt batchSize, EventSender sender, KafkaSinkStats stats) {
    this.batchSize = batchSize;
    this.sender = sender;
    this.stats = stats;
  }

  /**
   * Makes the producer, for which the cluster need not be there yet.
   *
   * @throws KafkaException if it can't be made
   * @throws FlumeException if there is no such topic for dead letters
   */
  static Outlet open(KafkaSinkConfig config, KafkaSinkStats stats) {
    DeadLetterTopic deadLetters =
        DeadLetterTopic.open(config.deadLetters(), config.puts().producer(), stats::deadLetter);
    EventSender sender =
        EventSender.open(config.puts(), config.topic(), config.events(), deadLetters, stats);
    return new Outlet(config.batchSize(), sender, stats);
  }

  /**
   * Moves one batch; returns how many events it had.
   *
   * @throws ChannelException if that failed: the channel, or Kafka. It comes again
   */
  int step(Channel channel) throws InterruptedException {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    boolean done = false;
    try {
      int taken = send(channel);
      transaction.commit();
      done = true;
      stats.addToEventDrainSuccessCount(taken);
      return taken;
    } finally {
      if (!done) {
        stats.incrementRollbackCount();
        transaction.rollback();
      }
      transaction.close();
    }
  }

  /** Closes the producer, and waits so long for what is under way. */
  void close(Duration limit) {
    sender.close(limit);
  }

  private int send(Channel channel) throws InterruptedException {
    EventBatch batch = sender.batch();
    int most = clear > 0 ? clear : batchSize(channel);
    clear = 0;
    int taken = fill(batch, most, channel);
    stats.took(taken, most);
    if (!batch.isEmpty()) {
      long start = System.nanoTime();
      batch.send();
      stats.sent(System.nanoTime() - start);
    }
    return taken;
  }

  /** Takes what fits into a batch; returns how many events that are. */
  private int fill(EventBatch batch, int most, Channel channel) {
    int taken = 0;
    long bytes = 0;
    while (taken < most && bytes < BatchLimits.LARGE.bytes()) {
      Event event = channel.take();
      if (event == null) {
        break;
      }
      try {
        batch.add(event);
      } catch (RefusedEventException e) {
        clear = taken;
        throw e;
      }
      taken++;
      bytes += event.getBody().length;
    }
    return taken;
  }

  private int batchSize(Channel channel) {
    return batchSize.orElse(
        channel instanceof TransactionCapacitySupported ? BATCH : BatchLimits.LARGE.events());
  }
}
