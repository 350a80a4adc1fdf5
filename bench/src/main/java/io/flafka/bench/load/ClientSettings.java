package io.flafka.bench.load;

import java.util.Map;

/**
 * What Kafka clients are tuned with, in agents and bare: settings that every version since 2.7
 * knows. Flafka alone polls as many records as Kafka's default has.
 */
public final class ClientSettings {
  public static final Map<String, String> PRODUCER =
      Map.of(
          "acks", "all",
          "batch.size", "262144",
          "linger.ms", "5",
          "buffer.memory", "134217728",
          "compression.type", "none");

  public static final Map<String, String> CONSUMER =
      Map.of(
          "max.poll.records", "5000",
          "max.partition.fetch.bytes", "4194304",
          "fetch.min.bytes", "65536");

  private ClientSettings() {}
}
