package io.flafka.kafka.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"seven", "-1", "", "99999999999"})
  void namesTheHeaderThatIsNoPartition(String value) {
    PartitionChoice choice = new PartitionChoice(null, "partition");

    assertThatThrownBy(() -> choice.of(event(Map.of("partition", value))))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("partition = " + value);
  }
}
