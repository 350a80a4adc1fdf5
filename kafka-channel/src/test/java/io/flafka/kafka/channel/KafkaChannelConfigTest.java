package io.flafka.kafka.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.kafka.client.ClientProperties;
import io.flafka.kafka.client.TopicCreation;
import io.flafka.kafka.record.EventMapping;
import io.flafka.kafka.record.HeaderChoice;
import io.flafka.kafka.record.PartitionChoice;
import io.flafka.kafka.record.ValueFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.Context;
import org.apache.flume.conf.ConfigurationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaChannelConfigTest {
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";

  @AfterEach
  void forgetTheTrustStore() {
    System.clearProperty(TRUST_STORE);
  }

  private static KafkaChannelConfig parse(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap.servers", "broker:9092");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return KafkaChannelConfig.parse("c1", new Context(values));
  }

  @Test
  void hasTheDefaultsOfStockFlume() {
    KafkaChannelConfig config = parse();

    assertThat(config.topic()).isEqualTo("flume-channel");
    assertThat(config.events())
        .isEqualTo(
            new EventMapping(
                ValueFormat.FLUME_EVENT, new PartitionChoice(null, null), null, HeaderChoice.NONE));
    assertThat(config.reading().patience()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.group()).isEqualTo("flume");
    assertThat(config.puts().producer().get("acks")).contains("all");
    assertThat(config.reading().beginning().reset()).isEqualTo("earliest");
    assertThat(config.consumer().get("enable.auto.commit")).contains("false");
  }

  @Test
  void eachThreadThatTakesIsAStaticMemberOfItsOwn() {
    ClientProperties consumer =
        parse("kafka.consumer.group.instance.id", "agent1-weblogs").consumer();

    assertThat(consumer.consumer(1)).containsEntry("group.instance.id", "agent1-weblogs-1");
    assertThat(consumer.consumer(2))
        .containsEntry("group.instance.id", "agent1-weblogs-2")
        .containsEntry("client.id", "flafka-c1-consumer-2");
    assertThat(parse().consumer().consumer(1)).doesNotContainKey("group.instance.id");
  }

  @Test
  void readsEveryKey() {
    KafkaChannelConfig config =
        parse(
            "kafka.topic", "weblogs",
            "kafka.consumer.group.id", "landing",
            "parseAsFlumeEvent", "false",
            "kafka.pollTimeout", "100",
            "defaultPartitionId", "2",
            "partitionIdHeader", "p",
            "kafka.producer.compression.type", "zstd",
            "kafka.consumer.max.poll.records", "10000");

    assertThat(config.topic()).isEqualTo("weblogs");
    assertThat(config.group()).isEqualTo("landing");
    assertThat(config.events().values()).isEqualTo(ValueFormat.RAW);
    assertThat(config.events().timestampHeader()).isEqualTo("timestamp");
    assertThat(config.reading().patience()).isEqualTo(Duration.ofMillis(100));
    assertThat(config.events().partitions()).isEqualTo(new PartitionChoice(2, "p"));
    assertThat(config.puts().producer().get("compression.type")).contains("zstd");
    assertThat(config.consumer().get("max.poll.records")).contains("10000");
  }

  @Test
  void readsDeprecatedKeys() {
    Map<String, String> old =
        Map.of(
            "brokerList", "old:9092",
            "topic", "weblogs",
            "groupId", "landing",
            "readSmallestOffset", "false",
            "zookeeperConnect", "zk:2181",
            "migrateZookeeperOffsets", "true");

    KafkaChannelConfig config = KafkaChannelConfig.parse("c1", new Context(old));

    assertThat(config.servers()).isEqualTo("old:9092");
    assertThat(config.topic()).isEqualTo("weblogs");
    assertThat(config.group()).isEqualTo("landing");
    assertThat(config.reading().beginning().reset()).isEqualTo("latest");
  }

  @Test
  void aDeprecatedOffsetHasNoEffectBesideKafkas() {
    KafkaChannelConfig config =
        parse("readSmallestOffset", "false", "kafka.consumer.auto.offset.reset", "earliest");

    assertThat(config.reading().beginning().reset()).isEqualTo("earliest");
  }

  @Test
  void keysThatKafkaDoesNotKnowAreNamed() {
    assertThatThrownBy(
            () ->
                parse(
                    "kafka.pollTimeout", "soon",
                    "kafka.producer.aks", "all",
                    "kafka.consumer.max.pol.records", "5"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("kafka.producer.aks (did you mean kafka.producer.acks?)")
        .hasMessageContaining("kafka.consumer.max.pol.records (did you mean kafka.consumer.max");
    assertThatThrownBy(
            () ->
                parse(
                    "kafka.pollTimeout", "soon",
                    "kafka.producer.interceptor.classes", "org.example.Mine",
                    "kafka.producer.mine.rate", "5"))
        .hasMessageNotContaining("mine.rate");
  }

  @Test
  void deadLettersDoNotComeBack() {
    assertThatThrownBy(() -> parse("kafka.topic", "weblogs", "deadletter.topic", "weblogs"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("deadletter.topic = weblogs");
    assertThat(parse("deadletter.topic", "dead").deadLetters()).contains("dead");
  }

  @Test
  void neverTakesFromAClientsKeysWhatIsNotItsToSay() {
    KafkaChannelConfig config =
        parse(
            "kafka.producer.bootstrap.servers", "other:9092",
            "kafka.consumer.bootstrap.servers", "other:9092",
            "kafka.consumer.enable.auto.commit", "true",
            "kafka.producer.key.serializer",
                "org.apache.kafka.common.serialization.StringSerializer");

    assertThat(config.puts().producer().get("bootstrap.servers")).contains("broker:9092");
    assertThat(config.consumer().get("bootstrap.servers")).contains("broker:9092");
    assertThat(config.consumer().get("enable.auto.commit")).contains("false");
    assertThat(config.puts().producer().get("key.serializer")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "delivery.guarantee, twice",
    "kafka.producer.transactional.id, t1",
    "kafka.producer.value.serializer, com.example.Encrypting",
    "kafka.consumer.value.deserializer, com.example.Decrypting",
    "kafka.producer.linger.ms, soon",
    "kafka.producer.acks, 2",
    "kafka.consumer.max.poll.records, 0",
    "kafka.producer.partitioner.class, com.example.Missing",
    "kafka.pollTimeout, -1",
    "defaultPartitionId, first",
    "parseAsFlumeEvent, yes",
    "readSmallestOffset, yes"
  })
  void namesTheKeyAndTheValueThatItRefuses(String key, String value) {
    assertThatThrownBy(() -> parse(key, value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("channel c1: " + key + " = " + value + ": ");
  }

  @Test
  void namesAllProblemsAtOnce() {
    assertThatThrownBy(() -> parse("kafka.producer.linger.ms", "soon", "kafka.pollTimeout", "x"))
        .hasMessageContaining("kafka.producer.linger.ms = soon")
        .hasMessageContaining("kafka.pollTimeout = x");
  }

  @Test
  void zookeeperIsNoSubstituteForTheBrokers() {
    Context context = new Context(Map.of("zookeeperConnect", "zk:2181"));

    assertThatThrownBy(() -> KafkaChannelConfig.parse("c1", context))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("kafka.bootstrap.servers is missing")
        .hasMessageContaining("zookeeperConnect is no substitute");
  }

  @Test
  void exactlyOnceTakesANameOfItsOwn() {
    assertThatThrownBy(() -> parse("delivery.guarantee", "exactly_once"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("kafka.transactional.id is missing")
        .hasMessageContaining("stays the same over restarts");
    assertThatThrownBy(
            () -> parse("delivery.guarantee", "exactly_once", "kafka.transactional.id", "a b"))
        .hasMessageContaining("kafka.transactional.id = a b: it must have no blanks");

    KafkaChannelConfig config =
        parse("delivery.guarantee", "exactly_once", "kafka.transactional.id", "agent1-weblogs");

    assertThat(config.puts().producer().get("transactional.id")).contains("agent1-weblogs");
    assertThat(config.consumer().get("isolation.level")).contains("read_committed");
    assertThat(config.puts().ledger().name()).isEqualTo("flafka-ledger");
  }

  @ParameterizedTest
  @CsvSource({
    "kafka.producer.acks, 1",
    "kafka.consumer.isolation.level, read_uncommitted",
    "kafka.consumer.group.protocol, consumer"
  })
  void exactlyOnceRefusesWhatWouldBreakIt(String key, String value) {
    assertThatThrownBy(
            () ->
                parse(
                    "delivery.guarantee",
                    "exactly_once",
                    "kafka.transactional.id",
                    "agent1-weblogs",
                    key,
                    value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(key + " = " + value + ": exactly_once takes");
  }

  @Test
  void atLeastOnceMayUseTheConsumerProtocol() {
    assertThat(parse("kafka.consumer.group.protocol", "consumer").consumer().get("group.protocol"))
        .contains("consumer");
  }

  @Test
  void recordHeadersAreForRawRecordsAlone() {
    assertThat(
            parse("parseAsFlumeEvent", "false", "kafka.record.headers", "host, rack")
                .events()
                .headers())
        .isEqualTo(HeaderChoice.parse("host,rack"));
    assertThatThrownBy(() -> parse("kafka.record.headers", "all"))
        .hasMessageContaining("kafka.record.headers = all");
  }

  @Test
  void createsNoTopicUnlessItIsToldTo() {
    assertThat(parse().creation()).isEmpty();
    assertThat(
            parse("topic", "weblogs", "topic.create", "true", "topic.partitions", "4").creation())
        .contains(new TopicCreation("weblogs", Optional.of(4), Optional.empty(), Map.of()));
  }

  @Test
  void reachesTheClusterAsTheSideThatSaysHow() {
    assertThat(parse("kafka.consumer.security.protocol", "SSL").client().secured()).isTrue();
    assertThat(parse("kafka.producer.security.protocol", "SSL").client().secured()).isTrue();
  }

  @Test
  void theConsumerChoosesNoOffsetsByItself() {
    assertThat(parse().consumer().get("auto.offset.reset")).contains("none");
    assertThatThrownBy(() -> parse("kafka.consumer.auto.offset.reset", "by_duration:soon"))
        .hasMessageContaining("kafka.consumer.auto.offset.reset = by_duration:soon");
  }

  @Test
  void acceptsAtLeastOnce() {
    assertThat(parse("delivery.guarantee", "at_least_once").topic()).isEqualTo("flume-channel");
  }

  @Test
  void everyClientHasAnIdOfItsOwn() {
    assertThat(parse().puts().producer().named("producer"))
        .containsEntry("client.id", "flafka-c1-producer");
    assertThat(parse("kafka.consumer.client.id", "web").consumer().named("consumer-1"))
        .containsEntry("client.id", "web-consumer-1");
  }

  @Test
  void flumesTrustStoreFillsInWhereKafkasIsNotSet() {
    System.setProperty(TRUST_STORE, "flume.jks");

    KafkaChannelConfig config =
        parse(
            "kafka.producer.security.protocol", "sasl_ssl",
            "kafka.consumer.security.protocol", "SSL",
            "kafka.consumer.ssl.truststore.location", "own.jks");

    assertThat(config.puts().producer().get("ssl.truststore.location")).contains("flume.jks");
    assertThat(config.consumer().get("ssl.truststore.location")).contains("own.jks");
  }

  @Test
  void withoutTlsNothingIsFilledIn() {
    System.setProperty(TRUST_STORE, "flume.jks");

    KafkaChannelConfig config = parse("kafka.producer.ssl.disableTLSHostnameVerification", "true");

    assertThat(config.puts().producer().secured()).isFalse();
  }

  @Test
  void hostNamesAreVerifiedUnlessThatIsTurnedOff() {
    KafkaChannelConfig config =
        parse(
            "kafka.producer.security.protocol", "SSL",
            "kafka.consumer.security.protocol", "SSL",
            "kafka.consumer.ssl.disableTLSHostnameVerification", "true");

    assertThat(config.puts().producer().get("ssl.endpoint.identification.algorithm")).isEmpty();
    assertThat(config.consumer().get("ssl.endpoint.identification.algorithm")).contains("");
  }

  @Test
  void aConnectionNeedsNothingOfTheSideItIsFor() {
    ClientProperties producer =
        parse("kafka.producer.security.protocol", "SSL", "kafka.producer.linger.ms", "9")
            .puts()
            .producer();

    assertThat(producer.connection("check"))
        .containsOnlyKeys("bootstrap.servers", "client.id", "security.protocol");
  }

  @Test
  void aConnectionKnowsWhereItsPasswordsAre() {
    ClientProperties producer =
        parse(
                "kafka.producer.config.providers", "file",
                "kafka.producer.config.providers.file.class", "FileConfigProvider",
                "kafka.producer.config.providers.file.param.allowed.paths", "/etc/flume",
                "kafka.producer.client.dns.lookup", "resolve_canonical_bootstrap_servers_only",
                "kafka.producer.ssl.truststore.password", "${file:/etc/flume/passwords:trust}")
            .puts()
            .producer();

    assertThat(producer.connection("check"))
        .containsOnlyKeys(
            "bootstrap.servers",
            "client.id",
            "client.dns.lookup",
            "config.providers",
            "config.providers.file.class",
            "config.providers.file.param.allowed.paths",
            "ssl.truststore.password");
  }

  @Test
  void knowsTheLargestRequest() {
    assertThat(parse().puts().producer().largestRequest()).isEqualTo(1_048_576);
    assertThat(parse("kafka.producer.max.request.size", "77").puts().producer().largestRequest())
        .isEqualTo(77);
  }
}
