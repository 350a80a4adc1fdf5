package io.flafka.kafka.sink;

import io.flafka.delivery.RefusedEventException;
import io.flafka.kafka.client.Remedy;
import io.flafka.kafka.produce.DeadLetterTopic;
import io.flafka.kafka.produce.EventBatch;
import io.flafka.kafka.produce.EventSender;
import io.flafka.kafka.produce.ExactlyOnceSender;
import java.time.Duration;
import java.util.List;
import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.FlumeException;
import org.apache.flume.Transaction;
import org.apache.flume.conf.BatchSizeSupported;
import org.apache.flume.conf.Configurable;
import org.apache.flume.conf.ConfigurationException;
import org.apache.flume.conf.TransactionCapacitySupported;
import org.apache.flume.instrumentation.kafka.KafkaSinkCounter;
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

  private static final int STOCK_BATCH = 100;

  /** Where neither the user nor the channel bounds a batch. */
  private static final int LARGE_BATCH = 50_000;

  /** Bodies in a batch, in bytes, at most; one more event may follow. */
  private static final long BATCH_BYTES = 16 << 20;

  private @Nullable KafkaSinkConfig config;
  private @Nullable KafkaSinkCounter counter;
  private @Nullable EventSender sender;

  /** How many events are before one that can't be sent: the next batch ends there. */
  private int clear;

  /**
   * Reads the keys, without any network.
   *
   * @throws ConfigurationException naming every key that is wrong
   */
  @Override
  public void configure(Context context) {
    config = KafkaSinkConfig.parse(getName(), context);
    if (counter == null) {
      counter = new KafkaSinkCounter(getName());
    }
  }

  @Override
  public long getBatchSize() {
    return configured().batchSize().orElse(STOCK_BATCH);
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
    DeadLetterTopic deadLetters =
        DeadLetterTopic.open(
            current.deadLetters(), current.puts().producer(), counted()::incrementEventWriteFail);
    try {
      sender =
          EventSender.open(
              current.puts(), current.topic(), current.events(), deadLetters, new Unwatched());
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new FlumeException("Can't make a Kafka producer: " + Remedy.describe(cause), e);
    }
    counted().start();
    super.start();
    log.info("Sink {} started, {}", getName(), current.puts().guarantee());
  }

  /** Closes the producer within twenty seconds. */
  @Override
  public synchronized void stop() {
    EventSender current = sender;
    if (current != null) {
      sender = null;
      current.close(STOP_LIMIT);
      counted().incrementConnectionClosedCount();
    }
    counted().stop();
    super.stop();
  }

  @Override
  public Status process() throws EventDeliveryException {
    Transaction transaction = getChannel().getTransaction();
    transaction.begin();
    try {
      int taken = drain(getChannel());
      transaction.commit();
      counted().addToEventDrainSuccessCount(taken);
      return taken == 0 ? Status.BACKOFF : Status.READY;
    } catch (InterruptedException e) {
      rollBack(transaction);
      Thread.currentThread().interrupt();
      throw new EventDeliveryException("Sink " + getName() + " was stopped", e);
    } catch (RuntimeException e) {
      rollBack(transaction);
      counted().incrementEventWriteOrChannelFail(e);
      throw new EventDeliveryException(
          "Sink " + getName() + " sent nothing that counts: " + e.getMessage(), e);
    } catch (Error e) {
      rollBack(transaction); // Else closing it would fail instead, and hide the error.
      throw e;
    } finally {
      transaction.close();
    }
  }

  /** Takes a batch and sends it; returns how many events were taken. */
  private int drain(Channel channel) throws InterruptedException {
    EventSender to = sender;
    if (to == null) {
      throw new FlumeException("Sink " + getName() + " is not started");
    }
    EventBatch batch = to.batch();
    int most = clear > 0 ? clear : batchSize(channel);
    clear = 0;
    int taken = fill(batch, most, channel);
    count(taken, most);
    if (!batch.isEmpty()) {
      long start = System.nanoTime();
      batch.send();
      counted().addToKafkaEventSendTimer((System.nanoTime() - start) / 1_000_000);
    }
    return taken;
  }

  /** Takes what fits into a batch; returns how many events that are. */
  private int fill(EventBatch batch, int most, Channel channel) {
    int taken = 0;
    long bytes = 0;
    while (taken < most && bytes < BATCH_BYTES) {
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
    int unset = channel instanceof TransactionCapacitySupported ? STOCK_BATCH : LARGE_BATCH;
    return configured().batchSize().orElse(unset);
  }

  private void count(int taken, int most) {
    KafkaSinkCounter counters = counted();
    if (taken == 0) {
      counters.incrementBatchEmptyCount();
    } else if (taken < most) {
      counters.incrementBatchUnderflowCount();
    } else {
      counters.incrementBatchCompleteCount();
    }
    counters.addToEventDrainAttemptCount(taken);
  }

  private void rollBack(Transaction transaction) {
    counted().incrementRollbackCount();
    transaction.rollback();
  }

  private KafkaSinkConfig configured() {
    KafkaSinkConfig current = config;
    if (current == null) {
      throw new FlumeException("Sink " + getName() + " can't be used before it is configured");
    }
    return current;
  }

  private KafkaSinkCounter counted() {
    KafkaSinkCounter current = counter;
    if (current == null) {
      throw new FlumeException("Sink " + getName() + " can't be used before it is configured");
    }
    return current;
  }

  /** Stock's counters have no place for it. */
  private static final class Unwatched implements ExactlyOnceSender.Watch {
    @Override
    public void committed(long nanos, int ledgerEntries) {}

    @Override
    public void opened(int ledgerEntries) {}
  }
}
