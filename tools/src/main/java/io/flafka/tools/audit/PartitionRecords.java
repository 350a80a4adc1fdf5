package io.flafka.tools.audit;

import io.flafka.tools.command.Brokers;
import io.flafka.tools.command.CommandException;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The committed records of a partition, stretch by stretch, in the order of their offsets. What was
 * fetched behind one stretch serves for the next, so that many that lie close together take no
 * fetch each.
 *
 * <p>For one thread.
 */
final class PartitionRecords implements Closeable {
  /** So far it is quicker to read on than to ask anew; some megabytes of log lines. */
  private static final long CLOSE = 20_000;

  private static final Duration POLL = Duration.ofMillis(200);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private final Consumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final Deque<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();

  /** Just past what is fetched; all records between the stretch and there are at hand. */
  private long position = -1;

  private long at;

  PartitionRecords(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    this.consumer = consumer;
    this.partition = partition;
    consumer.assign(List.of(partition));
  }

  /** Connects; the caller closes it. */
  static PartitionRecords open(Brokers brokers, String topic, int partition)
      throws CommandException {
    return new PartitionRecords(brokers.reader(), new TopicPartition(topic, partition));
  }

  /** Goes to an offset. */
  void from(long offset) {
    boolean isBehind = offset < at;
    at = offset;
    while (!fetched.isEmpty() && fetched.element().offset() < offset) {
      fetched.remove();
    }
    if (position < 0 || isBehind || offset > position + CLOSE) {
      fetched.clear();
      consumer.seek(partition, offset);
      position = offset;
    }
  }

  /**
   * The next record before an offset; null if there is none, which must be in the topic's stable
   * part.
   */
  @Nullable ConsumerRecord<byte[], byte[]> nextBefore(long end) throws CommandException {
    try {
      while (fetched.isEmpty() && position < end) {
        fetch();
      }
    } catch (KafkaException e) {
      throw Brokers.failed("can't read " + partition, Brokers.advice(e), e);
    }
    ConsumerRecord<byte[], byte[]> next = fetched.peek();
    if (next == null || next.offset() >= end) {
      at = Math.max(at, end);
      return null;
    }
    fetched.remove();
    at = next.offset() + 1;
    return next;
  }

  private void fetch() throws CommandException {
    long start = System.nanoTime();
    long before = position;
    while (position == before) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(partition)) {
        if (record.offset() >= at) {
          fetched.add(record);
        }
      }
      position = consumer.position(partition);
      if (position == before && System.nanoTime() - start > PATIENCE) {
        throw new CommandException(
            partition
                + ": nothing comes from "
                + position
                + " on, for a minute: check that the partition has a leader");
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
