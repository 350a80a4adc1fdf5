package io.flafka.kafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.flume.event.EventBuilder;
import org.junit.jupiter.api.Test;

class TopicNameTest {
  @Test
  void aHeaderWithoutAValueSaysNothingInAnEscape() {
    Map<String, String> headers = new HashMap<>();
    headers.put("host", null);

    assertThat(
            new TopicName("topic", "weblogs%{host}")
                .of(EventBuilder.withBody("line", UTF_8, headers)))
        .isEqualTo("weblogs");
  }
}
