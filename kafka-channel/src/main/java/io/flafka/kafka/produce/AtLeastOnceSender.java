package io.flafka.kafka.produce;

import io.flafka.kafka.client.Remedy;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends with one producer that all threads share. Batches of several threads travel together and
 * are waited for together.
 *
 * <p>A producer that refuses to go on (a fatal error, in Kafka's words) is replaced for the next
 * batch.
 */
public final class AtLeastOnceSender implements RecordSender {
  private static final Logger log = LoggerFactory.getLogger(AtLeastOnceSender.class);

  private final Supplier<Producer<byte[], byte[]>> open;
  private final AtomicReference<@Nullable Producer<byte[], byte[]>> producer;

  /** Makes the first producer. */
  public AtLeastOnceSender(Supplier<Producer<byte[], byte[]>> open) {
    this.open = open;
    this.producer = new AtomicReference<>(open.get());
  }

  @Override
  public void send(Batch batch) throws InterruptedException {
    Producer<byte[], byte[]> current = producer();
    FirstFailure failure = new FirstFailure();
    try {
      for (ProducerRecord<byte[], byte[]> record : batch.records()) {
        // Each further record could block as long as the one that just failed.
        if (failure.get() == null) {
          send(current, record, failure);
        }
      }
      current.flush();
    } catch (InterruptException e) {
      throw Interruption.of(e);
    } catch (KafkaException | IllegalStateException e) {
      replace(current);
      throw failure(batch.records().size(), e);
    }
    Exception first = failure.get();
    if (first != null) {
      throw failure(batch.records().size(), first);
    }
  }

  @Override
  public boolean keepsPositions() {
    return false;
  }

  @Override
  public OptionalLong committed(String stream) {
    return OptionalLong.empty();
  }

  @Override
  public void forget(String stream) {}

  @Override
  public int partitions(String topic) {
    return Partitions.of(producer(), topic);
  }

  @Override
  public void close(Duration limit) {
    Producer<byte[], byte[]> current = producer.getAndSet(null);
    if (current != null) {
      close(current, limit);
    }
  }

  private Producer<byte[], byte[]> producer() {
    Producer<byte[], byte[]> current = producer.get();
    return current == null ? reopened() : current;
  }

  private synchronized Producer<byte[], byte[]> reopened() {
    Producer<byte[], byte[]> current = producer.get();
    if (current == null) {
      try {
        current = open.get();
      } catch (KafkaException e) {
        throw new ChannelException(
            "No Kafka producer could be made in place of one that failed, so nothing was put: "
                + Remedy.describe(e),
            e);
      }
      producer.set(current);
    }
    return current;
  }

  private void replace(Producer<byte[], byte[]> broken) {
    if (producer.compareAndSet(broken, null)) {
      close(broken, Duration.ZERO);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback hears the same.
  private static void send(
      Producer<byte[], byte[]> producer,
      ProducerRecord<byte[], byte[]> record,
      FirstFailure failure) {
    producer.send(record, failure);
  }

  private static void close(Producer<byte[], byte[]> producer, Duration limit) {
    try {
      producer.close(limit);
    } catch (KafkaException e) {
      // Whatever waited for its records has been told; what is left are threads and sockets.
      log.warn("A producer wasn't closed cleanly", e);
    }
  }

  private static ChannelException failure(int count, Exception cause) {
    return new ChannelException(
        "Sending "
            + count
            + " events failed. None counts as put; those that did arrive will be there again when"
            + " they are sent again. The first failure was "
            + Remedy.describe(cause),
        cause);
  }

  /** What the producer's thread says of a batch's records; read by the sending thread. */
  private static final class FirstFailure implements Callback {
    private volatile @Nullable Exception first;

    @Override
    public void onCompletion(
        org.apache.kafka.clients.producer.@Nullable RecordMetadata metadata,
        @Nullable Exception exception) {
      if (exception != null && first == null) {
        first = exception;
      }
    }

    @Nullable Exception get() {
      return first;
    }
  }
}
