package io.flafka.kafka;

import io.flafka.config.Settings;
import java.time.Duration;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.conf.ConfigurationException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The keys of a Kafka channel, which are stock Flume's with its defaults.
 *
 * @param topic {@code kafka.topic}
 * @param format {@code parseAsFlumeEvent}
 * @param partitions {@code defaultPartitionId} and {@code partitionIdHeader}
 * @param pollTimeout {@code kafka.pollTimeout}: how long a take waits before it says that the
 *     channel is empty
 * @param producer {@code kafka.producer.*}
 * @param consumer {@code kafka.consumer.*}
 */
record KafkaChannelConfig(
    String topic,
    RecordFormat format,
    PartitionChoice partitions,
    Duration pollTimeout,
    ClientProperties producer,
    ClientProperties consumer) {

  private static final String ACKS = "kafka.producer." + ProducerConfig.ACKS_CONFIG;
  private static final String OFFSET_RESET =
      "kafka.consumer." + ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;

  private enum Guarantee {
    AT_LEAST_ONCE,
    EXACTLY_ONCE
  }

  /**
   * Reads a channel's keys.
   *
   * @param name the channel's
   * @throws ConfigurationException naming every key that is wrong
   */
  static KafkaChannelConfig parse(String name, Context context) {
    Settings settings =
        new Settings("channel " + name, context)
            .renamed("brokerList", "kafka.bootstrap.servers")
            .renamed("topic", "kafka.topic")
            .renamed("groupId", "kafka.consumer.group.id");
    String servers = servers(settings);
    refuseTransactions(settings);
    String clientId = "flafka-" + name;
    KafkaChannelConfig config =
        new KafkaChannelConfig(
            settings.text("kafka.topic", "flume-channel"),
            format(settings),
            partitions(settings),
            Duration.ofMillis(settings.number("kafka.pollTimeout", 500, 0)),
            producer(settings, servers, clientId),
            consumer(settings, servers, clientId));
    return settings.complete(() -> config);
  }

  String servers() {
    return producer.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG).orElseThrow();
  }

  String group() {
    return consumer.get(ConsumerConfig.GROUP_ID_CONFIG).orElseThrow();
  }

  private static String servers(Settings settings) {
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

  private static void refuseTransactions(Settings settings) {
    String guarantee = "delivery.guarantee";
    if (settings.choice(guarantee, Guarantee.AT_LEAST_ONCE) == Guarantee.EXACTLY_ONCE) {
      settings.problem(
          guarantee, "this version delivers at least once only: use at_least_once, or remove it");
    }
    settings.refused(
        "kafka.producer." + ProducerConfig.TRANSACTIONAL_ID_CONFIG,
        "this version doesn't put in Kafka transactions: remove it");
  }

  private static RecordFormat format(Settings settings) {
    if (settings.flag("parseAsFlumeEvent", true)) {
      return new FlumeEventFormat();
    }
    settings.warning(
        "parseAsFlumeEvent = false: an event's header timestamp becomes its record's timestamp,"
            + " from which the topic's retention.ms counts; a broker deletes events older than that"
            + " even if they were not taken. For old events set retention.ms = -1 on the topic");
    return new RawFormat();
  }

  private static PartitionChoice partitions(Settings settings) {
    String key = "defaultPartitionId";
    Integer fixed = settings.text(key).isPresent() ? settings.integer(key, 0, 0) : null;
    return new PartitionChoice(fixed, settings.text("partitionIdHeader").orElse(null));
  }

  private static ClientProperties producer(Settings settings, String servers, String clientId) {
    String acks = settings.text(ACKS, "all");
    if (!acks.equals("all") && !acks.equals("-1")) {
      settings.warning(ACKS + " = " + acks + ": a broker's crash can lose events; all can't");
    }
    return ClientProperties.producer(
        settings,
        Map.of(
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers,
            CommonClientConfigs.CLIENT_ID_CONFIG, clientId,
            ProducerConfig.ACKS_CONFIG, "all"));
  }

  private static ClientProperties consumer(Settings settings, String servers, String clientId) {
    String reset = settings.text(OFFSET_RESET).orElse(smallestOffset(settings));
    if (!reset.equals("earliest")) {
      settings.warning(
          OFFSET_RESET
              + " = "
              + reset
              + ": events put before the group's first commit are never taken");
    }
    return ClientProperties.consumer(
        settings,
        Map.of(
            CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers,
            CommonClientConfigs.CLIENT_ID_CONFIG, clientId,
            ConsumerConfig.GROUP_ID_CONFIG, "flume",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, reset));
  }

  private static String smallestOffset(Settings settings) {
    String deprecated = "readSmallestOffset";
    boolean smallest = settings.flag(deprecated, true);
    if (settings.isSet(deprecated)) {
      settings.warning(
          deprecated
              + " is deprecated"
              + (settings.isSet(OFFSET_RESET) ? " and has no effect beside " : ": use ")
              + OFFSET_RESET);
    }
    return smallest ? "earliest" : "latest";
  }
}
