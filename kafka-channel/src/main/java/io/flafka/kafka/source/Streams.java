package io.flafka.kafka.source;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The streams that partitions are to a channel that keeps positions. A stream is one reading of a
 * partition by a group: it begins where the group has no offset yet, or one that an operator chose,
 * and its name is in the group's offsets before its first event is in the channel. So a group also
 * has its offsets before there is anything to read: what comes while no agent runs is not before
 * the beginning of the next one.
 *
 * <pre>
 * flafka:stream:1:weblogs-0/UUID     the metadata of an offset; 1 is this format's version
 * </pre>
 *
 * <p>So what a crash leaves between the channel's commit and the group's is ignored when it comes
 * again, and what an operator wants read again is not. For one thread.
 */
final class Streams {
  private static final String PREFIX = "flafka:stream:1:";

  private final Consumer<?, ?> consumer;
  private final Supplier<UUID> uniques;
  private final Map<TopicPartition, String> streams = new HashMap<>();

  Streams(Consumer<?, ?> consumer) {
    this(consumer, UUID::randomUUID);
  }

  Streams(Consumer<?, ?> consumer, Supplier<UUID> uniques) {
    this.consumer = consumer;
    this.uniques = uniques;
  }

  /**
   * Finds the streams of partitions that are newly ours, or begins them.
   *
   * @throws NoOffsetForPartitionException if it has not been chosen yet where
   */
  Map<TopicPartition, Long> begin(
      Set<TopicPartition> assigned, Map<TopicPartition, OffsetAndMetadata> committed) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> begun = new HashMap<>();
    for (TopicPartition partition : assigned) {
      OffsetAndMetadata known = committed.get(partition);
      if (known != null && known.metadata().startsWith(PREFIX)) {
        streams.put(partition, known.metadata().substring(PREFIX.length()));
      } else {
        streams.put(partition, partition + "/" + uniques.get());
        long offset = known == null ? consumer.position(partition) : known.offset();
        begun.put(partition, new OffsetAndMetadata(offset, metadata(partition)));
        offsets.put(partition, offset);
      }
    }
    if (!begun.isEmpty()) {
      consumer.commitSync(begun);
    }
    return offsets;
  }

  /** The name of a partition's stream. */
  String name(TopicPartition partition) {
    return streams.getOrDefault(partition, "");
  }

  /** What goes with the partition's offsets. */
  String metadata(TopicPartition partition) {
    return PREFIX + name(partition);
  }
}
