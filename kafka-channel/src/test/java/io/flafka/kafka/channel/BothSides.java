package io.flafka.kafka.channel;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A Kafka client's properties as a channel's keys. */
final class BothSides {
  private BothSides() {}

  /** The same for the producing and for the consuming side. */
  static Map<String, String> of(Map<String, String> client) {
    return of(client, "kafka.producer.", "kafka.consumer.");
  }

  /** For the sides of these prefixes. */
  static Map<String, String> of(Map<String, String> client, String... prefixes) {
    Map<String, String> keys = new TreeMap<>();
    client.forEach(
        (property, value) -> {
          if (property.equals("bootstrap.servers")) {
            keys.put("kafka.bootstrap.servers", value);
          } else {
            Stream.of(prefixes).forEach(prefix -> keys.put(prefix + property, value));
          }
        });
    return keys;
  }
}
