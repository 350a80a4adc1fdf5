package io.flafka.kafka.consume;

import io.flafka.delivery.Span;
import io.flafka.kafka.record.Malformed;
import io.flafka.kafka.record.Payload;
import io.flafka.kafka.record.RecordEvent;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What a reader has fetched, and how far it was taken, partition by partition, since the last
 * commit. For one thread.
 */
final class Fetched {
  private final Content content;
  private final Deque<Slice> slices = new ArrayDeque<>();
  private final Map<TopicPartition, Progress> progress = new HashMap<>();

  Fetched(Content content) {
    this.content = content;
  }

  /** What one poll returned of a partition. */
  void add(TopicPartition partition, List<ConsumerRecord<byte[], Payload>> records) {
    long first = records.get(0).offset();
    Progress taken = progress.computeIfAbsent(partition, unseen -> new Progress(first));
    taken.fetched(first);
    slices.add(new Slice(partition, content.origins().apply(partition), records, taken));
  }

  /** Whether nothing is left to take. */
  boolean isEmpty() {
    return slices.isEmpty();
  }

  /**
   * The next event; null if there is none, or none before what was taken so far is committed.
   *
   * @throws ChannelException if the next record is no event, and may not be passed by
   */
  @Nullable RecordEvent peek() {
    while (true) {
      Slice slice = slices.peek();
      if (slice == null) {
        return null;
      }
      ConsumerRecord<byte[], Payload> record = slice.first();
      // A consumer doesn't show its deserializer a record without a value.
      Payload payload = record.value() == null ? content.values().decode(null) : record.value();
      if (payload instanceof RecordEvent event) {
        return event.from(record, slice.origin());
      }
      if (!isPassedBy(record, (Malformed) payload)) {
        return null;
      }
      advance(); // If it was the last one, the owner gets to commit that.
    }
  }

  /** Takes what {@link #peek} showed. */
  void advance() {
    if (!slices.element().advance()) {
      slices.remove();
    }
  }

  /** What was taken and is not committed. */
  Map<TopicPartition, Span> taken() {
    Map<TopicPartition, Span> taken = new HashMap<>();
    progress.forEach(
        (partition, since) -> {
          if (since.pending()) {
            taken.put(partition, since.span());
          }
        });
    return taken;
  }

  /** All that was taken is committed. */
  void committed() {
    progress.values().forEach(Progress::committed);
  }

  /** Where each partition was at the last commit, as an offset. */
  Map<TopicPartition, Long> lastCommit() {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    progress.forEach((partition, taken) -> offsets.put(partition, taken.span().from()));
    return offsets;
  }

  /** A partition that was gone is back, and some of it is taken. */
  void resume(TopicPartition partition, Span taken) {
    progress.put(partition, new Progress(taken));
  }

  /** Partitions are gone. */
  void forget(Collection<TopicPartition> partitions) {
    slices.removeIf(slice -> partitions.contains(slice.partition()));
    progress.keySet().removeAll(partitions);
  }

  /** Drops what is not taken. */
  void drop() {
    slices.clear();
  }

  /** Drops all, and what is known of what was taken. */
  void clear() {
    slices.clear();
    progress.clear();
  }

  /** Only a record with nothing uncommitted before it fails: so its neighbours are delivered. */
  private boolean isPassedBy(ConsumerRecord<byte[], Payload> record, Malformed payload) {
    try {
      content.undecodable().met(record, payload);
      return true;
    } catch (ChannelException e) {
      if (progress.values().stream().anyMatch(Progress::pending)) {
        return false;
      }
      throw e;
    }
  }
}
