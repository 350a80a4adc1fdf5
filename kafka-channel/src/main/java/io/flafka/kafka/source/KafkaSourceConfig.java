package io.flafka.kafka.source;

import io.flafka.config.Settings;
import io.flafka.delivery.BatchLimits;
import io.flafka.delivery.Guarantee;
import io.flafka.kafka.client.ClientProperties;
import io.flafka.kafka.client.Servers;
import io.flafka.kafka.consume.Beginning;
import io.flafka.kafka.consume.Gap;
import io.flafka.kafka.consume.ReaderSettings;
import io.flafka.kafka.consume.Subscription;
import io.flafka.kafka.produce.DeadLetterTopic;
import io.flafka.kafka.record.HeaderChoice;
import io.flafka.kafka.record.RecordMapping;
import io.flafka.kafka.record.ValueFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.apache.flume.Context;
import org.apache.flume.conf.ConfigurationException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * The keys of a Kafka source: stock Flume's with its defaults, and some of its own.
 *
 * @param subscription {@code kafka.topics}, or {@code kafka.topics.regex}, which wins
 * @param values {@code useFlumeEventFormat}
 * @param records {@code setTopicHeader}, {@code topicHeader}, {@code header.*}
 * @param reading {@code kafka.consumer.auto.offset.reset}, {@code kafka.offset.gap}
 * @param consumer {@code kafka.consumer.*}
 * @param deadLetters {@code deadletter.topic}
 * @param batchSize {@code batchSize}, if it is set
 * @param batchDuration {@code batchDurationMillis}, if it is set
 * @param backoff {@code backoffSleepIncrement}, in milliseconds
 * @param maxBackoff {@code maxBackoffSleep}, in milliseconds
 */
record KafkaSourceConfig(
    Subscription subscription,
    ValueFormat values,
    RecordMapping records,
    ReaderSettings reading,
    ClientProperties consumer,
    Optional<String> deadLetters,
    OptionalInt batchSize,
    Optional<Duration> batchDuration,
    long backoff,
    long maxBackoff) {
  /** Stock's. */
  static final int BATCH = 1_000;

  private static final Duration BATCH_DURATION = Duration.ofSeconds(1);

  /** How long an idle source waits for a record before it looks whether it is to stop. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Pattern COMMA = Pattern.compile(",");

  /**
   * Reads a source's keys.
   *
   * @param name the source's
   * @throws ConfigurationException naming every key that is wrong
   */
  static KafkaSourceConfig parse(String name, Context context) {
    Settings settings =
        new Settings("source " + name, context)
            .renamed("topic", "kafka.topics")
            .renamed("groupId", "kafka.consumer.group.id")
            .withoutEffect(Guarantee.KEY, "it is the channel's to say")
            .withoutEffect(
                "timestampHeader", "stock Flume documents it for its sink; a source has no use");
    Subscription subscription = subscription(settings);
    String size = "batchSize";
    String duration = "batchDurationMillis";
    KafkaSourceConfig config =
        new KafkaSourceConfig(
            subscription,
            settings.flag("useFlumeEventFormat", false) ? ValueFormat.FLUME_EVENT : ValueFormat.RAW,
            records(settings),
            new ReaderSettings(
                PATIENCE, Beginning.parse(settings, "latest"), settings.choice(Gap.KEY, Gap.STOP)),
            consumer(settings, "flafka-" + name),
            DeadLetterTopic.parse(settings, subscription::includes),
            settings.isSet(size)
                ? OptionalInt.of(settings.integer(size, BATCH, 1))
                : OptionalInt.empty(),
            settings.isSet(duration)
                ? Optional.of(Duration.ofMillis(settings.number(duration, 1_000, 0)))
                : Optional.empty(),
            settings.number("backoffSleepIncrement", 1_000, 0),
            settings.number("maxBackoffSleep", 5_000, 0));
    return settings.complete(() -> config);
  }

  String servers() {
    return consumer.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG).orElseThrow();
  }

  String group() {
    return consumer.get(ConsumerConfig.GROUP_ID_CONFIG).orElseThrow();
  }

  /**
   * What a batch holds.
   *
   * @param unbounded whether no channel limits transactions
   */
  BatchLimits limits(boolean unbounded) {
    if (unbounded && batchSize.isEmpty()) {
      BatchLimits large = BatchLimits.LARGE;
      return new BatchLimits(large.events(), large.bytes(), batchDuration.orElse(large.time()));
    }
    return new BatchLimits(
        batchSize.orElse(BATCH), Long.MAX_VALUE, batchDuration.orElse(BATCH_DURATION));
  }

  private static Subscription subscription(Settings settings) {
    String names = "kafka.topics";
    String regex = "kafka.topics.regex";
    Subscription none = new Subscription.Topics(List.of());
    if (settings.isSet(regex)) {
      settings.withoutEffect(names, regex + " wins");
      return settings.parsed(
          regex, none, KafkaSourceConfig::matching, "a regular expression of topic names");
    }
    String list = settings.required(names, "topics, with commas between, or " + regex);
    List<String> topics =
        Stream.of(COMMA.split(list)).map(String::strip).filter(name -> !name.isEmpty()).toList();
    if (topics.isEmpty() && settings.isSet(names)) {
      settings.problem(names, "it names no topic");
    }
    return new Subscription.Topics(topics);
  }

  private static Subscription matching(String regex) {
    try {
      return new Subscription.Matching(Pattern.compile(regex));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(e.getDescription(), e);
    }
  }

  private static RecordMapping records(Settings settings) {
    String header = settings.text("topicHeader", "topic");
    return new RecordMapping(
        RecordMapping.Time.ANY,
        settings.flag("setTopicHeader", true) ? header : null,
        true,
        new HeaderChoice.Named(settings.section("header.")));
  }

  private static ClientProperties consumer(Settings settings, String clientId) {
    Map<String, String> defaults = new TreeMap<>();
    defaults.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, Servers.parse(settings));
    defaults.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    defaults.put(ConsumerConfig.GROUP_ID_CONFIG, "flume");
    defaults.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return ClientProperties.consumer(settings, defaults)
        .with(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
  }
}
