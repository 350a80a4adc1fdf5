package io.flafka;

import io.flafka.testbed.Broker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A member of an agents' group that takes partitions and commits nothing. For one thread. */
final class Rival implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;

  /** Takes nothing before it {@link #joins}. */
  Rival(Broker broker, String topic) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                topic,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                "false",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                Math.toIntExact(Landing.SESSION.toMillis()),
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                300),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of(topic));
  }

  /** Does its part in joining, and in staying. */
  boolean joins() {
    consumer.poll(Duration.ofMillis(50));
    return true;
  }

  /** How many partitions it has. */
  int partitions() {
    return consumer.assignment().size();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
