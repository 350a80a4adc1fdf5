package io.flafka.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.delivery.Span;
import io.flafka.kafka.record.Payload;
import io.flafka.kafka.record.RecordEvent;
import io.flafka.kafka.record.ValueFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A reader that hands over, and what the cluster refuses it. */
class TopicReaderFaultsTest {
  private static final TopicPartition ONLY = new TopicPartition("weblogs", 0);
  private static final Payload EMPTY = ValueFormat.RAW.decode(null);

  private final Deque<KafkaException> commitFailures = new ArrayDeque<>();
  private final Deque<KafkaException> listingFailures = new ArrayDeque<>();
  private final Recorded handover = new Recorded();

  private final MockConsumer<byte[], Payload> consumer =
      new MockConsumer<>("earliest") {
        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
          fail(commitFailures);
          super.commitSync(offsets);
        }

        @Override
        public synchronized Map<String, List<PartitionInfo>> listTopics() {
          fail(listingFailures);
          return Map.of();
        }
      };

  private static void fail(Deque<KafkaException> failures) {
    KafkaException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
  }

  /** Its note of a partition says how often it has been recovered. */
  private static final class Recorded implements Handover {
    private final List<Map<TopicPartition, OffsetAndMetadata>> recovered = new ArrayList<>();
    private boolean confirms;
    private int discards;

    @Override
    public Map<TopicPartition, Long> recover(
        Set<TopicPartition> assigned,
        Map<TopicPartition, OffsetAndMetadata> committed,
        Runnable confirm) {
      if (confirms) {
        confirm.run();
      }
      recovered.add(committed);
      return Map.of();
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> prepare(Map<TopicPartition, Span> taken) {
      Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
      taken.forEach(
          (partition, span) ->
              offsets.put(partition, new OffsetAndMetadata(span.to(), "note " + recovered.size())));
      return offsets;
    }

    @Override
    public void publish() {}

    @Override
    public void discard() {
      discards++;
    }
  }

  private TopicReader reader(String reset, Gap gap) {
    TopicReader reader =
        new TopicReader(
            consumer,
            new Subscription.Topics(List.of(ONLY.topic())),
            Readers.LINES,
            new ReaderSettings(Duration.ZERO, new Beginning(reset, () -> Instant.EPOCH), gap),
            Readers.UNWATCHED);
    reader.join(handover);
    consumer.updateBeginningOffsets(Map.of(ONLY, 0L));
    consumer.updateEndOffsets(Map.of(ONLY, 0L));
    return reader;
  }

  private void own() {
    consumer.rebalance(List.of(ONLY));
  }

  private void add(long... offsets) {
    for (long offset : offsets) {
      consumer.addRecord(new ConsumerRecord<>(ONLY.topic(), 0, offset, null, EMPTY));
    }
  }

  private List<Long> taken(TopicReader reader) throws InterruptedException {
    List<Long> offsets = new ArrayList<>();
    for (RecordEvent event = reader.peek(); event != null; event = reader.peek()) {
      offsets.add(event.position().offset() - 1);
      reader.advance();
    }
    return offsets;
  }

  /** Takes until there is something; what was recovered meanwhile is fetched by the next poll. */
  private List<Long> takenAfterRecovery(TopicReader reader) throws InterruptedException {
    assertThat(taken(reader)).isEmpty();
    return taken(reader);
  }

  private @Nullable OffsetAndMetadata committed() {
    return consumer.committed(Set.of(ONLY)).get(ONLY);
  }

  @Test
  void whoRecoversIsToldWhetherTheGroupStillTakesItsCommits() throws Exception {
    OffsetAndMetadata before = new OffsetAndMetadata(7, "flafka's");
    TopicReader reader = reader("earliest", Gap.STOP);
    own();
    consumer.commitSync(Map.of(ONLY, before));
    handover.confirms = true;
    commitFailures.add(new CommitFailedException("given away"));
    assertThatThrownBy(reader::peek)
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("given away");
    assertThat(handover.recovered).isEmpty();
    reader.rewind();
    assertThat(reader.peek()).isNull();
    assertThat(handover.recovered).containsExactly(Map.of(ONLY, before));
    assertThat(committed()).isEqualTo(before);
  }

  @Test
  void aRebalanceThatFailsUnderACommitLeavesNothingPaused() throws Exception {
    TopicReader reader = reader("earliest", Gap.STOP);
    own();
    add(0, 1);
    assertThat(takenAfterRecovery(reader)).containsExactly(0L, 1L);
    commitFailures.add(new RebalanceInProgressException());
    consumer.setPollException(new KafkaException("broken"));
    assertThatThrownBy(reader::commit)
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("broken");

    reader.rewind();

    assertThat(consumer.paused()).isEmpty();
    add(0, 1);
    assertThat(taken(reader)).containsExactly(0L, 1L);
  }

  /** Joining again would take the place back, and start a fight. What is open is the other's. */
  @Test
  void aMemberWhosePlaceIsTakenNeverJoinsAgain() throws Exception {
    TopicReader reader = reader("earliest", Gap.STOP);
    own();
    add(0, 1);
    takenAfterRecovery(reader);
    commitFailures.add(new FencedInstanceIdException("another has it"));
    assertThatThrownBy(reader::commit).isInstanceOf(ChannelException.class);
    reader.rewind();

    assertIsFenced(reader);
    assertThat(consumer.assignment()).as("not given up to join again").containsExactly(ONLY);
    assertThat(handover.discards).as("the commit may have been applied").isZero();
  }

  @Test
  void aMemberThatHearsOfItWhileItTakesDiscards() throws Exception {
    TopicReader reader = reader("earliest", Gap.STOP);
    own();
    add(0, 1);
    takenAfterRecovery(reader);
    consumer.setPollException(new FencedInstanceIdException("another has it"));
    assertIsFenced(reader);

    reader.rewind();

    add(0, 1);
    assertIsFenced(reader);
    assertThat(handover.discards).isEqualTo(1);
  }

  private static void assertIsFenced(TopicReader reader) {
    assertThatThrownBy(reader::peek)
        .isInstanceOf(ChannelException.class)
        .hasMessageStartingWith("Fenced: another member of the consumer group has this one's");
  }

  @Test
  void partitionsAreRecoveredEvenIfTheTopicsCouldNotBeListedThen() throws Exception {
    TopicReader reader = reader("latest", Gap.STOP);
    listingFailures.add(new TimeoutException("no answer"));
    assertThatThrownBy(this::own).hasMessageContaining("no answer");

    assertThat(reader.peek()).isNull();

    assertThat(handover.recovered).hasSize(1);
  }

  @Test
  void aTopicThatWasMadeAnewIsRecoveredAsOneThatWasReset() throws Exception {
    TopicReader reader = reader("earliest", Gap.CONTINUE);
    own();
    add(0, 1, 2);
    takenAfterRecovery(reader);
    reader.commit();
    assertThat(committed()).isEqualTo(new OffsetAndMetadata(3, "note 1"));

    consumer.setPollException(new OffsetOutOfRangeException(Map.of(ONLY, 3L)));

    assertThat(reader.peek()).isNull();
    assertThat(handover.recovered)
        .as("an offset without a note, as an operator's reset leaves it")
        .containsExactly(Map.of(), Map.of(ONLY, new OffsetAndMetadata(0)));
    add(0);
    assertThat(taken(reader)).containsExactly(0L);
  }

  @Test
  void whatWasTakenOfATopicBeforeItWasMadeAnewIsCommittedFirst() throws Exception {
    TopicReader reader = reader("earliest", Gap.CONTINUE);
    own();
    add(0, 1, 2);
    takenAfterRecovery(reader);
    consumer.setPollException(new OffsetOutOfRangeException(Map.of(ONLY, 3L)));
    assertThat(reader.peek()).isNull();

    reader.commit();

    assertThat(committed()).isEqualTo(new OffsetAndMetadata(3, "note 1"));
    assertThat(consumer.position(ONLY)).isEqualTo(3);
  }
}
