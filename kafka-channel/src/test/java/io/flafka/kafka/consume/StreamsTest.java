package io.flafka.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsTest {
  private static final Uuid ID = Uuid.fromString("vYdc6U2YTHaQLFBXqOZrZQ");

  @ParameterizedTest
  @CsvSource({"flume, weblogs", "a/b@c-1, web-logs-2", "flume, weblogs.x_y"})
  void aNameIsReadAsItIsWritten(String group, String topic) {
    String name = new Streams(group, ID).apply(new TopicPartition(topic, 12));
    assertThat(Streams.named(name, group, topic))
        .contains(new Streams.Named(12, "vYdc6U2YTHaQLFBXqOZrZQ"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "other/weblogs-0@id",
        "flume/weblogs2-0@id",
        "flume/weblogs-old-0@id",
        "flume/weblogs-0",
        "flume/weblogs-@id",
        "x/flume/weblogs-0@id"
      })
  void othersAreNot(String name) {
    assertThat(Streams.named(name, "flume", "weblogs")).isEmpty();
  }

  @Test
  void anExampleIsAsDrawn() {
    assertThat(new Streams("flume", ID).apply(new TopicPartition("weblogs", 3)))
        .isEqualTo("flume/weblogs-3@vYdc6U2YTHaQLFBXqOZrZQ");
  }
}
