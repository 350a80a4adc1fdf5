package io.flafka.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamsTest {
  private static final TopicPartition FIRST = new TopicPartition("weblogs", 0);
  private static final TopicPartition SECOND = new TopicPartition("weblogs", 1);
  private static final String FIRST_NOTE =
      "flafka:stream:1:weblogs-0/00000000-0000-0000-0000-000000000001";

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private int streams;

  private Streams streams() {
    return new Streams(consumer, () -> new UUID(0, ++streams));
  }

  @BeforeEach
  void own() {
    consumer.assign(List.of(FIRST, SECOND));
    consumer.updateBeginningOffsets(Map.of(FIRST, 5L, SECOND, 7L));
  }

  private Map<TopicPartition, OffsetAndMetadata> committed() {
    return consumer.committed(Set.of(FIRST, SECOND));
  }

  @Test
  void aNewGroupBeginsAStreamAndNotesIt() {
    Streams streams = streams();
    consumer.seekToBeginning(List.of(FIRST));

    assertThat(streams.begin(Set.of(FIRST), Map.of())).isEqualTo(Map.of(FIRST, 5L));

    assertThat(committed()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(5, FIRST_NOTE)));
    assertThat(streams.name(FIRST)).isEqualTo("weblogs-0/" + new UUID(0, 1));
    assertThat(streams.metadata(FIRST)).isEqualTo(FIRST_NOTE);
  }

  @Test
  void aStreamThatIsNotedGoesOn() {
    Streams streams = streams();

    streams.begin(Set.of(FIRST), Map.of(FIRST, new OffsetAndMetadata(9, FIRST_NOTE)));

    assertThat(streams.metadata(FIRST)).isEqualTo(FIRST_NOTE);
    assertThat(streams)
        .as("no new name was made")
        .satisfies(any -> assertThat(this.streams).isZero());
    assertThat(committed()).isEmpty();
  }

  /** An operator's reset leaves no metadata; stock Flume's commits leave a UUID. */
  @Test
  void anOffsetWithoutANoteBeginsAStream() {
    Streams streams = streams();

    Map<TopicPartition, Long> offsets =
        streams.begin(
            Set.of(FIRST, SECOND),
            Map.of(
                FIRST, new OffsetAndMetadata(9),
                SECOND, new OffsetAndMetadata(11, UUID.randomUUID().toString())));

    assertThat(offsets).isEqualTo(Map.of(FIRST, 9L, SECOND, 11L));
    assertThat(committed())
        .hasEntrySatisfying(
            FIRST,
            offset ->
                assertThat(offset).isEqualTo(new OffsetAndMetadata(9, streams.metadata(FIRST))))
        .hasEntrySatisfying(
            SECOND,
            offset ->
                assertThat(offset).isEqualTo(new OffsetAndMetadata(11, streams.metadata(SECOND))));
    assertThat(streams.name(FIRST)).isNotEqualTo(streams.name(SECOND));
  }
}
