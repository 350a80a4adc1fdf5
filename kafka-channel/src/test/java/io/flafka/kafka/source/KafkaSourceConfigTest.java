package io.flafka.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.delivery.BatchLimits;
import io.flafka.kafka.consume.Subscription;
import io.flafka.kafka.record.HeaderChoice;
import io.flafka.kafka.record.RecordMapping;
import io.flafka.kafka.record.ValueFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.conf.ConfigurationException;
import org.junit.jupiter.api.Test;

class KafkaSourceConfigTest {
  private static KafkaSourceConfig parse(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap.servers", "broker:9092");
    values.put("kafka.topics", "weblogs");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return KafkaSourceConfig.parse("r1", new Context(values));
  }

  @Test
  void hasTheDefaultsOfStockFlume() {
    KafkaSourceConfig config = parse();

    assertThat(config.subscription()).isEqualTo(new Subscription.Topics(List.of("weblogs")));
    assertThat(config.values()).isEqualTo(ValueFormat.RAW);
    assertThat(config.records())
        .isEqualTo(
            new RecordMapping(
                RecordMapping.Time.ANY, "topic", true, new HeaderChoice.Named(Map.of())));
    assertThat(config.reading().beginning().reset()).isEqualTo("latest");
    assertThat(config.group()).isEqualTo("flume");
    assertThat(config.backoff()).isEqualTo(1_000);
    assertThat(config.maxBackoff()).isEqualTo(5_000);
    assertThat(config.limits(false))
        .isEqualTo(new BatchLimits(1_000, Long.MAX_VALUE, Duration.ofSeconds(1)));
    assertThat(config.consumer().get("enable.auto.commit")).contains("false");
  }

  @Test
  void readsEveryKey() {
    KafkaSourceConfig config =
        parse(
            "kafka.topics", "weblogs , errors,",
            "kafka.consumer.group.id", "landing",
            "useFlumeEventFormat", "true",
            "batchSize", "20000",
            "batchDurationMillis", "50",
            "setTopicHeader", "true",
            "topicHeader", "from",
            "header.host", "h",
            "backoffSleepIncrement", "1",
            "maxBackoffSleep", "2",
            "deadletter.topic", "dead",
            "kafka.consumer.auto.offset.reset", "earliest",
            "kafka.consumer.isolation.level", "read_uncommitted");

    assertThat(config.subscription())
        .isEqualTo(new Subscription.Topics(List.of("weblogs", "errors")));
    assertThat(config.group()).isEqualTo("landing");
    assertThat(config.values()).isEqualTo(ValueFormat.FLUME_EVENT);
    assertThat(config.records().topicHeader()).isEqualTo("from");
    assertThat(config.records().headers()).isEqualTo(new HeaderChoice.Named(Map.of("host", "h")));
    assertThat(config.limits(true))
        .isEqualTo(new BatchLimits(20_000, Long.MAX_VALUE, Duration.ofMillis(50)));
    assertThat(config.backoff()).isEqualTo(1);
    assertThat(config.maxBackoff()).isEqualTo(2);
    assertThat(config.deadLetters()).contains("dead");
    assertThat(config.reading().beginning().reset()).isEqualTo("earliest");
    assertThat(config.consumer().get("isolation.level")).contains("read_uncommitted");
  }

  @Test
  void withoutATopicHeaderNoneIsSet() {
    assertThat(parse("setTopicHeader", "false", "topicHeader", "from").records().topicHeader())
        .isNull();
  }

  @Test
  void readsDeprecatedKeys() {
    Map<String, String> old =
        Map.of("kafka.bootstrap.servers", "b:9092", "topic", "weblogs", "groupId", "landing");

    KafkaSourceConfig config = KafkaSourceConfig.parse("r1", new Context(old));

    assertThat(config.subscription()).isEqualTo(new Subscription.Topics(List.of("weblogs")));
    assertThat(config.group()).isEqualTo("landing");
  }

  @Test
  void aPatternWinsOverNames() {
    Subscription subscription = parse("kafka.topics.regex", "web.*").subscription();

    assertThat(subscription)
        .isInstanceOfSatisfying(
            Subscription.Matching.class,
            matching -> assertThat(matching.pattern().pattern()).isEqualTo("web.*"));
  }

  @Test
  void whereNothingLimitsABatchItIsLarge() {
    assertThat(parse().limits(true))
        .isEqualTo(new BatchLimits(50_000, 16 << 20, Duration.ofMillis(100)));
  }

  @Test
  void namesEveryKeyThatIsWrong() {
    assertThatThrownBy(
            () ->
                parse(
                    "kafka.topics.regex", "web(",
                    "batchSize", "0",
                    "batchDurationMillis", "soon",
                    "kafka.consumer.auto.offset.reset", "biggest",
                    "kafka.consumer.fetch.max.bytes", "many"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("source r1")
        .hasMessageContaining("kafka.topics.regex = web(")
        .hasMessageContaining("batchSize = 0")
        .hasMessageContaining("batchDurationMillis = soon")
        .hasMessageContaining("kafka.consumer.auto.offset.reset = biggest")
        .hasMessageContaining("kafka.consumer.fetch.max.bytes");
  }

  @Test
  void deadLettersDoNotComeBack() {
    assertThatThrownBy(() -> parse("deadletter.topic", "weblogs"))
        .hasMessageContaining("deadletter.topic = weblogs");
    assertThatThrownBy(() -> parse("kafka.topics.regex", "web.*", "deadletter.topic", "web-dead"))
        .hasMessageContaining("deadletter.topic = web-dead");
  }

  @Test
  void itTakesATopic() {
    assertThatThrownBy(
            () ->
                KafkaSourceConfig.parse(
                    "r1", new Context(Map.of("kafka.bootstrap.servers", "b:9092"))))
        .hasMessageContaining("kafka.topics")
        .hasMessageContaining("kafka.topics.regex");
    assertThatThrownBy(() -> parse("kafka.topics", " , ")).hasMessageContaining("names no topic");
  }
}
