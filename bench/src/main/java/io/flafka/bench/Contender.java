package io.flafka.bench;

import io.flafka.bench.load.ClientSettings;
import java.util.Map;
import java.util.TreeMap;

/** Whose channel is measured, and how it is set. */
enum Contender {
  STOCK("stock", "org.apache.flume.channel.kafka.KafkaChannel", true, Map.of()),
  AT_LEAST_ONCE(
      "flafka", "io.flafka.KafkaChannel", true, Map.of("delivery.guarantee", "at_least_once")),
  EXACTLY_ONCE(
      "flafka-exactly-once",
      "io.flafka.KafkaChannel",
      true,
      Map.of("delivery.guarantee", "exactly_once", "kafka.transactional.id", "bench")),
  /** Without any setting for Kafka's clients. */
  DEFAULTS("flafka-defaults", "io.flafka.KafkaChannel", false, Map.of()),
  /** A loop over Kafka's client, without Flume. */
  BARE("bare", "", true, Map.of());

  private final String label;
  private final String type;
  private final boolean tuned;
  private final Map<String, String> keys;

  Contender(String label, String type, boolean tuned, Map<String, String> keys) {
    this.label = label;
    this.type = type;
    this.tuned = tuned;
    this.keys = keys;
  }

  String label() {
    return label;
  }

  /** The keys of its channel, but for the format, the topic and the group. */
  Map<String, String> channel() {
    Map<String, String> channel = new TreeMap<>(keys);
    channel.put("type", type);
    if (this == STOCK) {
      channel.put("migrateZookeeperOffsets", "false");
    }
    if (tuned) {
      ClientSettings.PRODUCER.forEach((key, value) -> channel.put("kafka.producer." + key, value));
      ClientSettings.CONSUMER.forEach((key, value) -> channel.put("kafka.consumer." + key, value));
    }
    return channel;
  }
}
