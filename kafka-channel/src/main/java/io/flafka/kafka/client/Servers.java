package io.flafka.kafka.client;

import io.flafka.config.Settings;

/** Where the brokers are: {@code kafka.bootstrap.servers}. */
public final class Servers {
  private Servers() {}

  /** Reads the key, with a word on those of the time when ZooKeeper knew. */
  public static String parse(Settings settings) {
    String expected = "host:port[,host:port...]";
    String zookeeper = "zookeeperConnect";
    settings
        .withoutEffect(zookeeper, "Kafka has done without ZooKeeper since version 4")
        .withoutEffect(
            "migrateZookeeperOffsets",
            "offsets that are still in ZooKeeper are not read; the group begins where"
                + " kafka.consumer.auto.offset.reset says");
    return settings.required(
        "kafka.bootstrap.servers",
        settings.isSet(zookeeper)
            ? expected + ", for which " + zookeeper + " is no substitute"
            : expected);
  }
}
