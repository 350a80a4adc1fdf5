package io.flafka.kafka.sink;

import io.flafka.config.Settings;
import io.flafka.kafka.client.TopicCreation;
import io.flafka.kafka.produce.DeadLetterTopic;
import io.flafka.kafka.produce.PutSettings;
import io.flafka.kafka.record.EventMapping;
import io.flafka.kafka.record.HeaderChoice;
import io.flafka.kafka.record.PartitionChoice;
import io.flafka.kafka.record.ValueFormat;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.flume.Context;
import org.apache.flume.conf.ConfigurationException;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * The keys of a Kafka sink: stock Flume's, with its defaults but for {@code acks}.
 *
 * @param topic {@code kafka.topic}, {@code allowTopicOverride}, {@code topicHeader}
 * @param creation {@code topic.*}, if the topic without overrides is to be created
 * @param events {@code useFlumeEventFormat}, {@code defaultPartitionId}, {@code partitionIdHeader},
 *     {@code timestampHeader}, {@code header.*}
 * @param batchSize {@code flumeBatchSize}, if it is set
 * @param puts {@code delivery.guarantee}, {@code kafka.producer.*} and what belongs to them
 * @param deadLetters {@code deadletter.topic}
 */
record KafkaSinkConfig(
    TopicName topic,
    Optional<TopicCreation> creation,
    EventMapping events,
    OptionalInt batchSize,
    PutSettings puts,
    Optional<String> deadLetters) {
  /**
   * Reads a sink's keys.
   *
   * @throws ConfigurationException naming every key that is wrong
   */
  static KafkaSinkConfig parse(String name, Context context) {
    Settings settings =
        new Settings("sink " + name, context)
            .renamed("brokerList", "kafka.bootstrap.servers")
            .renamed("topic", "kafka.topic")
            .renamed("batchSize", "flumeBatchSize")
            .renamed("requiredAcks", "kafka.producer.acks")
            .withoutEffect("serializer.class", "records are bytes that only Flafka writes")
            .withoutEffect("key.serializer.class", "records are bytes that only Flafka writes");
    String servers = settings.required("kafka.bootstrap.servers", "host:port[,host:port...]");
    String batch = "flumeBatchSize";
    TopicName topic = topic(settings);
    KafkaSinkConfig config =
        new KafkaSinkConfig(
            topic,
            creation(settings, topic),
            events(settings),
            settings.isSet(batch)
                ? OptionalInt.of(settings.integer(batch, 100, 1))
                : OptionalInt.empty(),
            PutSettings.parse(settings, servers, "flafka-" + name),
            DeadLetterTopic.parse(settings, dead -> topic.fixed().equals(Optional.of(dead))));
    return settings.complete(() -> config);
  }

  String servers() {
    return puts.producer().get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG).orElseThrow();
  }

  private static TopicName topic(Settings settings) {
    boolean override = settings.flag("allowTopicOverride", true);
    String header = settings.text("topicHeader", "topic");
    return new TopicName(
        override ? header : null, settings.text("kafka.topic", "default-flume-topic"));
  }

  private static Optional<TopicCreation> creation(Settings settings, TopicName topic) {
    Optional<String> fixed = topic.fixed();
    if (fixed.isEmpty()) {
      TopicCreation.withoutEffect(settings, "kafka.topic has escapes, and so no topic to create");
    }
    return fixed.flatMap(name -> TopicCreation.parse(settings, name));
  }

  private static EventMapping events(Settings settings) {
    String fixed = "defaultPartitionId";
    return new EventMapping(
        settings.flag("useFlumeEventFormat", false) ? ValueFormat.FLUME_EVENT : ValueFormat.RAW,
        new PartitionChoice(
            settings.isSet(fixed) ? Integer.valueOf(settings.integer(fixed, 0, 0)) : null,
            settings.text("partitionIdHeader").orElse(null)),
        settings.text("timestampHeader").orElse(null),
        new HeaderChoice.Named(settings.section("header.")));
  }
}
