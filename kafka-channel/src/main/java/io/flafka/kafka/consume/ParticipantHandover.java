package io.flafka.kafka.consume;

import io.flafka.delivery.LastCommit;
import io.flafka.delivery.Participant;
import io.flafka.delivery.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A participant behind a reader. Its streams are partitions, and its notes the metadata of
 * committed offsets:
 *
 * <pre>
 * flafka:1:NOTE          1 is the version of this format
 * </pre>
 *
 * <p>Whatever else is found there (stock Flume writes a UUID, an operator's reset nothing) is no
 * note.
 *
 * @param names what the participant calls a partition
 */
public record ParticipantHandover(Participant participant, Function<TopicPartition, String> names)
    implements Handover {
  private static final String ANY_VERSION = "flafka:";
  private static final String PREFIX = ANY_VERSION + "1:";

  @Override
  public Map<TopicPartition, Long> recover(
      Set<TopicPartition> assigned,
      Map<TopicPartition, OffsetAndMetadata> committed,
      Runnable confirm) {
    Map<String, TopicPartition> streams = new TreeMap<>();
    assigned.forEach(partition -> streams.put(names.apply(partition), partition));
    Map<String, Long> better =
        participant.recover(Set.copyOf(streams.keySet()), commits(names, committed), confirm);
    Map<TopicPartition, Long> known = new HashMap<>();
    streams.forEach(
        (stream, partition) -> {
          Long offset = better.get(stream);
          if (offset != null) {
            known.put(partition, offset);
          }
        });
    return known;
  }

  /**
   * What a group's committed offsets are to a participant.
   *
   * @throws ChannelException if one bears a note of another version
   */
  public static Map<String, LastCommit> commits(
      Function<TopicPartition, String> names, Map<TopicPartition, OffsetAndMetadata> committed) {
    Map<String, LastCommit> commits = new TreeMap<>();
    committed.forEach(
        (partition, offset) -> {
          if (isForeign(offset)) {
            throw foreign(partition, offset);
          }
          commits.put(names.apply(partition), new LastCommit(offset.offset(), note(offset)));
        });
    return commits;
  }

  /** The note of a committed offset; empty if it bears none that this version reads. */
  public static Optional<String> note(OffsetAndMetadata offset) {
    return offset.metadata().startsWith(PREFIX)
        ? Optional.of(offset.metadata().substring(PREFIX.length()))
        : Optional.empty();
  }

  /** Whether a committed offset bears a note of another version. */
  public static boolean isForeign(OffsetAndMetadata offset) {
    return offset.metadata().startsWith(ANY_VERSION) && !offset.metadata().startsWith(PREFIX);
  }

  @Override
  public Map<TopicPartition, OffsetAndMetadata> prepare(Map<TopicPartition, Span> taken) {
    Map<String, Span> spans = new TreeMap<>();
    taken.forEach((partition, span) -> spans.put(names.apply(partition), span));
    String note = PREFIX + participant.prepare(spans);
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    taken.forEach(
        (partition, span) -> offsets.put(partition, new OffsetAndMetadata(span.to(), note)));
    return offsets;
  }

  @Override
  public void publish() {
    participant.publish();
  }

  @Override
  public void discard() {
    participant.discard();
  }

  private static ChannelException foreign(TopicPartition partition, OffsetAndMetadata offset) {
    return new ChannelException(
        "The group's committed offset "
            + offset.offset()
            + " of "
            + partition
            + " bears a note of another version of Flafka, "
            + offset.metadata()
            + ", which may name files that are still to be published: start that version once and"
            + " stop it cleanly");
  }
}
