package io.flafka.bench;

import io.flafka.bench.load.ClientSettings;
import java.util.Map;
import java.util.TreeMap;

/** Whose channel is measured, and how it is set. */
enum Contender {
  STOCK("stock", "org.apache.flume.channel.kafka.KafkaChannel"),
  AT_LEAST_ONCE("flafka", "io.flafka.KafkaChannel"),
  EXACTLY_ONCE("flafka-exactly-once", "io.flafka.KafkaChannel"),
  /** Without any setting for Kafka's clients. */
  DEFAULTS("flafka-defaults", "io.flafka.KafkaChannel"),
  /** A loop over Kafka's client, without Flume. */
  BARE("bare", "");

  private final String label;
  private final String type;

  Contender(String label, String type) {
    this.label = label;
    this.type = type;
  }

  String label() {
    return label;
  }

  /** The keys of its channel, but for the format, the topic and the group. */
  Map<String, String> channel() {
    Map<String, String> channel = new TreeMap<>(ownKeys());
    channel.put("type", type);
    if (this != DEFAULTS) {
      ClientSettings.PRODUCER.forEach((key, value) -> channel.put("kafka.producer." + key, value));
      ClientSettings.CONSUMER.forEach((key, value) -> channel.put("kafka.consumer." + key, value));
    }
    if (this != STOCK) {
      // Ours is at its best with Kafka's own 500: docs/performance.md.
      channel.remove("kafka.consumer.max.poll.records");
    }
    return channel;
  }

  private Map<String, String> ownKeys() {
    return switch (this) {
      case STOCK -> Map.of("migrateZookeeperOffsets", "false");
      case AT_LEAST_ONCE -> Map.of("delivery.guarantee", "at_least_once");
      case EXACTLY_ONCE ->
          Map.of("delivery.guarantee", "exactly_once", "kafka.transactional.id", "bench");
      case DEFAULTS, BARE -> Map.of();
    };
  }
}
