package io.flafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.testbed.Broker;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes records as any program may that knows nothing of Flume. */
final class TopicWriter implements AutoCloseable {
  /** The time of every record. */
  static final long TIME = 1379285993000L;

  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  TopicWriter(Broker broker) {
    this(broker, Map.of());
  }

  private TopicWriter(Broker broker, Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Writes one record.
   *
   * @param headers name, value, name, value
   */
  void write(
      String topic,
      int partition,
      @Nullable String key,
      byte @Nullable [] value,
      @Nullable String... headers) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, partition, TIME, bytes(key), value);
    for (int i = 0; i < headers.length; i += 2) {
      record.headers().add(headers[i], bytes(headers[i + 1]));
    }
    send(record);
  }

  /**
   * Writes one record of another time, in milliseconds since 1970, that has neither key nor
   * headers.
   */
  void writeAt(long time, String topic, int partition, byte[] value) {
    send(new ProducerRecord<>(topic, partition, time, null, value));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The callback hears the same.
  private void send(ProducerRecord<byte[], byte[]> record) {
    producer.send(record, (written, e) -> failure.compareAndSet(null, e));
  }

  static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }

  /** Writes one text in a transaction that is aborted, and one in a transaction that isn't. */
  static void writeAbortedAndCommitted(
      Broker broker, String topic, byte[] aborted, byte[] committed) {
    try (TopicWriter writer =
        new TopicWriter(broker, Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic))) {
      writer.producer.initTransactions();
      writer.producer.beginTransaction();
      writer.write(topic, 0, null, aborted);
      writer.producer.flush();
      writer.producer.abortTransaction();
      writer.producer.beginTransaction();
      writer.write(topic, 0, null, committed);
      writer.producer.commitTransaction();
    }
  }

  /**
   * Waits until all is written.
   *
   * @throws IllegalStateException if something wasn't
   */
  @Override
  public void close() {
    producer.close();
    if (failure.get() != null) {
      throw new IllegalStateException(failure.get());
    }
  }
}
