package io.flafka.testbed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** All that is in a topic now. */
public final class TopicDump {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private TopicDump() {}

  /**
   * What a test asks of a record.
   *
   * @param key empty where the record has none
   * @param value its bytes, a character each (ISO 8859-1)
   */
  public record Row(int partition, String key, String value, long timestamp) {
    private static Row of(ConsumerRecord<byte[], byte[]> record) {
      return new Row(
          record.partition(), text(record.key()), text(record.value()), record.timestamp());
    }

    private static String text(byte @Nullable [] bytes) {
      return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /** The committed records, partition by partition in the order of their offsets. */
  public static List<Row> of(Broker broker, String topic) {
    return records(broker, topic).stream().map(Row::of).toList();
  }

  /** The same, with all that belongs to them. */
  public static List<ConsumerRecord<byte[], byte[]>> records(Broker broker, String topic) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            broker.bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            "50000");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Set<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .collect(Collectors.toSet());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      Await.until(
          "all of " + topic + " is read",
          LIMIT,
          () -> {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            return partitions.stream()
                .allMatch(p -> consumer.position(p) >= ends.getOrDefault(p, 0L));
          });
      return records;
    }
  }
}
