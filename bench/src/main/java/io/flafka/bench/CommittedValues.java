package io.flafka.bench;

import io.flafka.bench.load.ClientSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The values of all records of a topic that are committed. */
record CommittedValues(String bootstrapServers, String topic) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * Hands on each of them that is there by now.
   *
   * @throws IllegalStateException if the topic can't be read to its end
   */
  void each(Consumer<byte[]> values) {
    Map<String, Object> settings = new HashMap<>(ClientSettings.CONSUMER);
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Set<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .collect(Collectors.toSet());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long lastRead = System.nanoTime();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          values.accept(record.value());
          lastRead = System.nanoTime();
        }
        if (System.nanoTime() - lastRead > PATIENCE.toNanos()) {
          throw new IllegalStateException("topic " + topic + " can't be read to its end");
        }
      }
    }
  }
}
