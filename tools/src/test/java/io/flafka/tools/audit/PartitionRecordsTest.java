package io.flafka.tools.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.tools.command.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartitionRecordsTest {
  private static final TopicPartition PARTITION = new TopicPartition("weblogs", 0);

  /** Counts how often it is sent elsewhere. */
  private static final class Counting extends MockConsumer<byte[], byte[]> {
    private int seeks;

    Counting() {
      super("earliest");
    }

    @Override
    public synchronized void seek(TopicPartition partition, long offset) {
      seeks++;
      super.seek(partition, offset);
    }
  }

  private final Counting consumer = new Counting();
  private final PartitionRecords records = new PartitionRecords(consumer, PARTITION);

  private void put(long... offsets) {
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    for (long offset : offsets) {
      consumer.addRecord(new ConsumerRecord<>("weblogs", 0, offset, null, new byte[0]));
    }
  }

  private List<Long> read(long from, long to) throws CommandException {
    List<Long> offsets = new ArrayList<>();
    records.from(from);
    @Nullable ConsumerRecord<byte[], byte[]> record = records.nextBefore(to);
    while (record != null) {
      offsets.add(record.offset());
      record = records.nextBefore(to);
    }
    return offsets;
  }

  @Test
  void readsStretchAfterStretch() throws Exception {
    put(0, 1, 2, 5, 6, 9);
    assertThat(read(0, 2)).containsExactly(0L, 1L);
    assertThat(read(2, 7)).containsExactly(2L, 5L, 6L);
    assertThat(read(9, 10)).containsExactly(9L);
  }

  @Test
  void oneFetchServesAllHolesThatLieCloseTogether() throws Exception {
    put(0, 1, 2, 5, 6, 9);
    assertThat(read(3, 5)).isEmpty();
    assertThat(read(7, 9)).isEmpty();
    assertThat(read(9, 10)).containsExactly(9L);
    assertThat(consumer.seeks).isEqualTo(1);
  }

  @Test
  void aHoleThatIsNotFarIsReadUpTo() throws Exception {
    put(0, 1);
    assertThat(read(0, 2)).containsExactly(0L, 1L);
    put(2, 10_000);
    assertThat(read(9_000, 10_001)).containsExactly(10_000L);
    assertThat(consumer.seeks).isEqualTo(1);
  }

  @Test
  void goesFarAheadAndBack() throws Exception {
    put(0, 1, 2, 100_000);
    assertThat(read(0, 1)).containsExactly(0L);
    assertThat(read(100_000, 100_001)).containsExactly(100_000L);
    put(0, 1, 2);
    assertThat(read(1, 3)).containsExactly(1L, 2L);
  }
}
