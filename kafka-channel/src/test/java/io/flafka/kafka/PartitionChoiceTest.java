package io.flafka.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.junit.jupiter.api.Test;

class PartitionChoiceTest {
  private static Event event(Map<String, String> headers) {
    return EventBuilder.withBody("line", UTF_8, headers);
  }

  @Test
  void leavesItToTheProducerIfNothingIsConfigured() {
    assertThat(new PartitionChoice(null, null).of(event(Map.of("partition", "7")))).isNull();
  }

  @Test
  void theHeaderOverridesTheDefault() {
    PartitionChoice choice = new PartitionChoice(1, "partition");

    assertThat(choice.of(event(Map.of("partition", "7")))).isEqualTo(7);
    assertThat(choice.of(event(Map.of()))).isEqualTo(1);
  }

  @Test
  void namesTheHeaderThatIsNoNumber() {
    PartitionChoice choice = new PartitionChoice(null, "partition");

    assertThatThrownBy(() -> choice.of(event(Map.of("partition", "seven"))))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("partition = seven");
  }
}
