package io.flafka.kafka.channel;

import io.flafka.config.Settings;
import io.flafka.delivery.Guarantee;
import io.flafka.kafka.client.ClientProperties;
import io.flafka.kafka.client.Servers;
import io.flafka.kafka.client.TopicCreation;
import io.flafka.kafka.consume.Beginning;
import io.flafka.kafka.consume.Gap;
import io.flafka.kafka.consume.ReaderSettings;
import io.flafka.kafka.consume.Subscription;
import io.flafka.kafka.produce.DeadLetterTopic;
import io.flafka.kafka.produce.PutSettings;
import io.flafka.kafka.record.EventMapping;
import io.flafka.kafka.record.HeaderChoice;
import io.flafka.kafka.record.PartitionChoice;
import io.flafka.kafka.record.RecordMapping;
import io.flafka.kafka.record.ValueFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flume.Context;
import org.apache.flume.conf.ConfigurationException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * The keys of a Kafka channel: stock Flume's with its defaults, and some of its own.
 *
 * @param topic {@code kafka.topic}
 * @param creation {@code topic.*}, if it is to be created
 * @param events how events become records: {@code parseAsFlumeEvent}, {@code defaultPartitionId},
 *     {@code partitionIdHeader}, {@code kafka.record.headers}
 * @param records what of records becomes headers: {@code kafka.origin.headers}
 * @param reading {@code kafka.pollTimeout}, {@code kafka.consumer.auto.offset.reset}, {@code
 *     kafka.offset.gap}
 * @param puts {@code delivery.guarantee}, {@code kafka.producer.*} and what belongs to them
 * @param deadLetters {@code deadletter.topic}
 * @param consumer {@code kafka.consumer.*}
 */
record KafkaChannelConfig(
    String topic,
    Optional<TopicCreation> creation,
    EventMapping events,
    RecordMapping records,
    ReaderSettings reading,
    PutSettings puts,
    Optional<String> deadLetters,
    ClientProperties consumer) {

  private static final String CONSUMER = "kafka.consumer.";
  private static final String ISOLATION = CONSUMER + ConsumerConfig.ISOLATION_LEVEL_CONFIG;
  private static final String PROTOCOL = CONSUMER + ConsumerConfig.GROUP_PROTOCOL_CONFIG;

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
    String servers = Servers.parse(settings);
    String clientId = "flafka-" + name;
    Beginning beginning = beginning(settings);
    PutSettings puts = PutSettings.parse(settings, servers, clientId);
    boolean flumeEvents = settings.flag("parseAsFlumeEvent", true);
    HeaderChoice headers = headers(settings, flumeEvents);
    String topic = settings.text("kafka.topic", "flume-channel");
    KafkaChannelConfig config =
        new KafkaChannelConfig(
            topic,
            TopicCreation.parse(settings, topic),
            new EventMapping(
                flumeEvents ? ValueFormat.FLUME_EVENT : ValueFormat.RAW,
                partitions(settings),
                flumeEvents ? null : RecordMapping.TIMESTAMP,
                headers),
            records(settings, flumeEvents, headers),
            new ReaderSettings(
                Duration.ofMillis(settings.number("kafka.pollTimeout", 500, 0)),
                beginning,
                settings.choice(Gap.KEY, Gap.STOP)),
            puts,
            DeadLetterTopic.parse(settings, topic::equals),
            consumer(settings, servers, clientId, puts.guarantee()));
    return settings.complete(() -> config);
  }

  String servers() {
    return puts.producer().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG).orElseThrow();
  }

  /** How to reach the cluster when it is neither to put nor to take. */
  ClientProperties client() {
    return ClientProperties.reaching(puts.producer(), consumer);
  }

  String group() {
    return consumer.get(ConsumerConfig.GROUP_ID_CONFIG).orElseThrow();
  }

  Subscription subscription() {
    return new Subscription.Topics(List.of(topic));
  }

  private static HeaderChoice headers(Settings settings, boolean flumeEvents) {
    String key = "kafka.record.headers";
    HeaderChoice headers =
        settings.parsed(key, HeaderChoice.NONE, HeaderChoice::parse, "none, all, or names");
    if (flumeEvents && !headers.isNone()) {
      settings.problem(
          key, "with parseAsFlumeEvent = true all headers are in the record's value: remove one");
    }
    return headers;
  }

  private static RecordMapping records(
      Settings settings, boolean flumeEvents, HeaderChoice headers) {
    if (settings.flag("kafka.origin.headers", false)) {
      return new RecordMapping(RecordMapping.Time.ANY, "topic", true, headers);
    }
    RecordMapping.Time time = flumeEvents ? RecordMapping.Time.NONE : RecordMapping.Time.CREATED;
    return new RecordMapping(time, null, false, headers);
  }

  private static PartitionChoice partitions(Settings settings) {
    String key = "defaultPartitionId";
    Integer fixed = settings.text(key).isPresent() ? settings.integer(key, 0, 0) : null;
    return new PartitionChoice(fixed, settings.text("partitionIdHeader").orElse(null));
  }

  private static ClientProperties consumer(
      Settings settings, String servers, String clientId, Guarantee guarantee) {
    if (guarantee == Guarantee.EXACTLY_ONCE) {
      if (settings.text(ISOLATION).filter(level -> !level.equals("read_committed")).isPresent()) {
        settings.problem(ISOLATION, "exactly_once takes read_committed, which is the default");
      }
      if (settings.text(PROTOCOL).filter(name -> !name.equalsIgnoreCase("classic")).isPresent()) {
        settings.problem(
            PROTOCOL,
            "exactly_once takes classic: under the consumer protocol a group that has become empty"
                + " accepts the commit of a member that it expelled, so an agent that was paused"
                + " could commit what its successor has taken again");
      }
    }
    Map<String, String> defaults = new TreeMap<>();
    defaults.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
    defaults.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    defaults.put(ConsumerConfig.GROUP_ID_CONFIG, "flume");
    defaults.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return ClientProperties.consumer(settings, defaults)
        .with(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
  }

  private static Beginning beginning(Settings settings) {
    Beginning beginning = Beginning.parse(settings, smallestOffset(settings));
    if (!beginning.reset().equals("earliest")) {
      settings.warning(
          Beginning.KEY
              + " = "
              + beginning.reset()
              + ": events put before the group's first commit are never taken");
    }
    return beginning;
  }

  private static String smallestOffset(Settings settings) {
    String deprecated = "readSmallestOffset";
    boolean smallest = settings.flag(deprecated, true);
    if (settings.isSet(deprecated)) {
      settings.warning(
          deprecated
              + " is deprecated"
              + (settings.isSet(Beginning.KEY) ? " and has no effect beside " : ": use ")
              + Beginning.KEY);
    }
    return smallest ? "earliest" : "latest";
  }
}
