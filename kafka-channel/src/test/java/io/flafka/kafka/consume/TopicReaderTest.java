package io.flafka.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.kafka.record.Payload;
import io.flafka.kafka.record.RecordEvent;
import io.flafka.kafka.record.ValueFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicReaderTest {
  private static final TopicPartition FIRST = new TopicPartition("weblogs", 0);
  private static final TopicPartition SECOND = new TopicPartition("weblogs", 1);

  private static final Payload EMPTY = ValueFormat.RAW.decode(null);

  private @Nullable KafkaException commitFailure;
  private int interruptsOfCommits;

  /** Keeps what it was told to add, as a topic does, so that one can seek back; fails on demand. */
  private final MockConsumer<byte[], Payload> consumer =
      new MockConsumer<>("earliest") {
        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
          if (interruptsOfCommits > 0) {
            interruptsOfCommits--;
            throw new InterruptException("interrupted");
          }
          if (commitFailure != null) {
            throw commitFailure;
          }
          super.commitSync(offsets);
        }
      };

  private final TopicReader reader =
      new TopicReader(
          consumer,
          new Subscription.Topics(List.of("weblogs")),
          Readers.LINES,
          Readers.SETTINGS,
          Readers.UNWATCHED);

  @BeforeEach
  void own() {
    consumer.rebalance(List.of(FIRST, SECOND));
    consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
  }

  private void add(TopicPartition partition, long... offsets) {
    for (long offset : offsets) {
      consumer.addRecord(
          new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, EMPTY));
    }
  }

  /** What a member of a cooperative group goes through. */
  private void revoke(TopicPartition partition) {
    List<TopicPartition> kept = new ArrayList<>(consumer.assignment());
    kept.remove(partition);
    consumer.rebalance(kept);
  }

  private List<Long> take(int atMost) throws InterruptedException {
    List<Long> offsets = new ArrayList<>();
    while (offsets.size() < atMost) {
      RecordEvent event = reader.peek();
      if (event == null) {
        break;
      }
      offsets.add(event.position().offset() - 1);
      reader.advance();
    }
    return offsets;
  }

  private @Nullable OffsetAndMetadata committed(TopicPartition partition) {
    return consumer.committed(Set.of(partition)).get(partition);
  }

  @Test
  void saysThatThereIsNothing() throws Exception {
    assertThat(reader.peek()).isNull();
  }

  @Test
  void commitsJustPastWhatWasTaken() throws Exception {
    add(FIRST, 0, 1, 7, 9);
    assertThat(take(3)).containsExactly(0L, 1L, 7L);

    reader.commit();

    assertThat(committed(FIRST)).isEqualTo(new OffsetAndMetadata(8));
    assertThat(committed(SECOND)).isNull();
  }

  @Test
  void aPeekTakesNothing() throws Exception {
    add(FIRST, 0, 1);
    reader.peek();

    reader.commit();

    assertThat(committed(FIRST)).isNull();
    assertThat(take(9)).containsExactly(0L, 1L);
  }

  @Test
  void goesBackToTheLastCommitInOrder() throws Exception {
    add(FIRST, 0, 1, 2, 3);
    take(1);
    reader.commit();
    take(2);

    reader.rewind();
    assertThat(consumer.position(FIRST)).isEqualTo(1);
    add(FIRST, 1, 2, 3); // The mock forgets what it returned; a topic doesn't.
    assertThat(take(9)).containsExactly(1L, 2L, 3L);

    reader.rewind();
    assertThat(consumer.position(FIRST)).isEqualTo(1);
  }

  @Test
  void goesBackForWhatWasFetchedAndNotTaken() throws Exception {
    add(FIRST, 0, 1);
    add(SECOND, 0, 1);
    take(1);

    reader.rewind();

    assertThat(consumer.position(FIRST)).isZero();
    assertThat(consumer.position(SECOND)).isZero();
  }

  @Test
  void goesBackToTheStartOverSeveralPolls() throws Exception {
    add(FIRST, 3);
    take(1);
    add(FIRST, 4);
    take(1);

    reader.rewind();

    assertThat(consumer.position(FIRST)).isEqualTo(3);
  }

  @Test
  void aFailedCommitThrowsAndIsNotTakenForOne() throws Exception {
    add(FIRST, 0, 1);
    take(2);
    commitFailure = new CommitFailedException("evicted");

    assertThatThrownBy(reader::commit)
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("weblogs-0")
        .hasMessageContaining("evicted")
        .hasMessageContaining("taken again");

    reader.rewind();
    assertThat(consumer.position(FIRST)).isZero();
  }

  @Test
  void aPartitionThatIsGivenAwayInMidTransactionFailsIt() throws Exception {
    add(FIRST, 0, 1);
    add(SECOND, 5);
    take(3);

    revoke(FIRST);

    assertThatThrownBy(reader::commit)
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("weblogs-0 from offset 0");
    assertThat(committed(SECOND)).isNull();
    assertThatThrownBy(reader::peek).isInstanceOf(ChannelException.class);
  }

  @Test
  void afterTheRollbackOnlyWhatIsStillOwnedIsGoneBackTo() throws Exception {
    add(FIRST, 0, 1);
    add(SECOND, 0);
    take(3);
    consumer.rebalance(List.of(SECOND)); // The mock revokes both, as an eager group does.
    consumer.seek(SECOND, 0);

    assertThatThrownBy(reader::commit).isInstanceOf(ChannelException.class);
    assertThatCode(reader::rewind).doesNotThrowAnyException();

    add(SECOND, 0);
    assertThat(take(9)).containsExactly(0L);
    assertThatCode(reader::commit).doesNotThrowAnyException();
  }

  @Test
  void whatWasFetchedOfAPartitionThatIsGivenAwayIsNotTaken() throws Exception {
    add(FIRST, 0);
    add(SECOND, 0);
    take(1);
    reader.commit();
    TopicPartition other = committed(FIRST) == null ? FIRST : SECOND;

    revoke(other);

    assertThat(reader.peek()).isNull();
    assertThatCode(reader::commit).doesNotThrowAnyException();
  }

  @Test
  void aPartitionThatComesBackInTheSameRebalanceFailsNothing() throws Exception {
    add(FIRST, 0, 1);
    add(SECOND, 5);
    take(3);

    consumer.rebalance(List.of(FIRST, SECOND)); // The mock revokes both, as an eager group does.

    reader.commit();
    assertThat(committed(FIRST)).isEqualTo(new OffsetAndMetadata(2));
    assertThat(committed(SECOND)).isEqualTo(new OffsetAndMetadata(6));
  }

  @Test
  void aPartitionThatIsGivenAwayBetweenTransactionsFailsNone() throws Exception {
    add(FIRST, 0);
    take(1);
    reader.commit();

    revoke(FIRST);

    assertThatCode(reader::commit).doesNotThrowAnyException();
  }

  @Test
  void commitsAgainAfterTheTopicBeganAnew() throws Exception {
    add(FIRST, 100);
    take(1);
    reader.commit();
    consumer.seek(FIRST, 0); // As auto.offset.reset does.
    add(FIRST, 0);
    take(1);

    reader.commit();

    assertThat(committed(FIRST)).isEqualTo(new OffsetAndMetadata(1));
  }

  @Test
  void goesBackAfterTheTopicBeganAnew() throws Exception {
    add(FIRST, 100);
    take(1);
    reader.commit();
    consumer.seek(FIRST, 0); // As auto.offset.reset does.
    add(FIRST, 0);
    take(1);

    reader.rewind();

    assertThat(consumer.position(FIRST)).isZero();
  }

  @Test
  void anInterruptDoesNotCutIntoACommit() throws Exception {
    add(FIRST, 0);
    take(1);
    interruptsOfCommits = 1;

    reader.commit();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(committed(FIRST)).isEqualTo(new OffsetAndMetadata(1));
  }

  @Test
  void anInterruptEndsAPoll() {
    consumer.setPollException(new InterruptException("interrupted"));

    assertThatThrownBy(reader::peek).isInstanceOf(InterruptedException.class);

    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aFailedPollTakesNothing() throws Exception {
    add(FIRST, 0);
    consumer.setPollException(new KafkaException("broken"));

    assertThatThrownBy(reader::peek)
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("broken");
    assertThat(take(9)).containsExactly(0L);
  }

  @Test
  void aRollbackAfterTheCloseIsHarmless() throws Exception {
    add(FIRST, 0);
    take(1);
    reader.close(Duration.ofSeconds(1));

    assertThatCode(reader::rewind).doesNotThrowAnyException();
    assertThatThrownBy(reader::peek).isInstanceOf(ChannelException.class);
  }
}
