package io.flafka.kafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.kafka.client.TopicCreation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.Context;
import org.junit.jupiter.api.Test;

class KafkaSinkConfigTest {
  private static KafkaSinkConfig parse(String topic) {
    return KafkaSinkConfig.parse(
        "k1",
        new Context(
            Map.of(
                "kafka.bootstrap.servers", "broker:9092",
                "kafka.topic", topic,
                "topic.create", "true",
                "topic.partitions", "4")));
  }

  @Test
  void deadLettersDoNotComeBack() {
    Context context =
        new Context(
            Map.of(
                "kafka.bootstrap.servers", "b:9092",
                "kafka.topic", "weblogs",
                "deadletter.topic", "weblogs"));

    assertThatThrownBy(() -> KafkaSinkConfig.parse("k1", context))
        .hasMessageContaining("deadletter.topic = weblogs");
  }

  @Test
  void createsTheTopicOfEventsThatNameNoOther() {
    assertThat(parse("weblogs").creation())
        .contains(new TopicCreation("weblogs", Optional.of(4), Optional.empty(), Map.of()));
  }

  @Test
  void aTopicWithEscapesIsNotCreatedAndTheKeysSaySo() {
    PrintStream console = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, UTF_8));
    try {
      assertThat(parse("weblogs-%Y").creation()).isEmpty();
    } finally {
      System.setErr(console);
    }

    assertThat(log.toString(UTF_8).lines())
        .singleElement()
        .asString()
        .endsWith(
            "sink k1: topic.create, topic.partitions have no effect: kafka.topic has escapes, and"
                + " so no topic to create");
  }
}
