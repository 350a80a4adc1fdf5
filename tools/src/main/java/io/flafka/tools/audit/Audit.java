package io.flafka.tools.audit;

import io.flafka.delivery.Span;
import io.flafka.hdfs.exactlyonce.LandingRecords;
import io.flafka.kafka.consume.ParticipantHandover;
import io.flafka.kafka.record.ValueFormat;
import io.flafka.tools.command.Brokers;
import io.flafka.tools.command.Brokers.Bounds;
import io.flafka.tools.command.CommandException;
import io.flafka.tools.command.HdfsAccess;
import io.flafka.tools.command.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Asks all witnesses, and holds what they say against each other. For one thread, once.
 *
 * <p>The order of the questions matters while agents are at work: the group, the runs, the history,
 * the group again.
 */
final class Audit {
  private final Question question;
  private final Brokers brokers;
  private final LandingRecords records;
  private final Progress progress;

  /**
   * What is asked.
   *
   * @param since the first day whose manifests count, as {@code 2026-11-26}; null for all
   * @param values what the topic's values are, to compare the lines; null if that isn't wanted
   */
  record Question(
      String topic, String group, @Nullable String since, @Nullable ValueFormat values) {}

  Audit(Question question, Brokers brokers, LandingRecords records, Progress progress) {
    this.question = question;
    this.brokers = brokers;
    this.records = records;
    this.progress = progress;
  }

  /**
   * Answers.
   *
   * @throws CommandException if the question has no answer
   * @throws IOException if HDFS doesn't tell
   */
  Report run() throws CommandException, IOException, InterruptedException {
    Brokers.Topic topic = brokers.topic(question.topic());
    Map<Integer, OffsetAndMetadata> first = brokers.committed(question.group(), question.topic());
    OnRecord onRecord = new OnRecord(question, topic, first, records, progress);
    onRecord.read();
    if (onRecord.isEmpty()) {
      throw new CommandException(nothing(first.isEmpty()));
    }
    Map<Integer, OffsetAndMetadata> last = brokers.committed(question.group(), question.topic());
    Map<Integer, Bounds> bounds = brokers.bounds(question.topic(), topic.partitions());

    List<Report.Partition> partitions = new ArrayList<>();
    List<String> problems = new ArrayList<>(onRecord.problems());
    for (int partition : topic.partitions()) {
      Tiles tiles = onRecord.tiles(partition);
      partitions.add(
          judge(
              partition,
              tiles,
              Objects.requireNonNull(bounds.get(partition)),
              offset(first.get(partition)),
              offset(last.get(partition)),
              problems));
    }
    problems.addAll(notes(first));
    return onRecord.report(partitions, deep(onRecord, bounds), problems);
  }

  private String nothing(boolean isNothingCommitted) {
    return "the group "
        + question.group()
        + (isNothingCommitted
            ? " has committed nothing of the topic "
            : " has committed offsets of the topic ")
        + question.topic()
        + ", and nothing of that is on record in "
        + records.base()
        + (question.since() == null ? "" : " since " + question.since())
        + HdfsAccess.remark(records.base())
        + (isNothingCommitted
            ? ": check --group, --topic and --path (the path is hdfs.path up to its first"
                + " escape), or wait: nothing may have landed yet"
            : ": check --path (it is hdfs.path up to its first escape) and --manifest-dir, and"
                + " that the sinks deliver exactly_once");
  }

  private Report.@Nullable Deep deep(OnRecord onRecord, Map<Integer, Bounds> bounds)
      throws IOException {
    if (question.values() == null) {
      return null;
    }
    try (TopicLines lines = new TopicLines(brokers, question.topic(), question.values())) {
      Contents contents = new Contents(question.topic(), lines, bounds, records, progress);
      onRecord.compare(contents);
      return contents.found();
    }
  }

  private static @Nullable Long offset(@Nullable OffsetAndMetadata committed) {
    return committed == null ? null : committed.offset();
  }

  private Report.Partition judge(
      int partition,
      Tiles tiles,
      Bounds bounds,
      @Nullable Long committed,
      @Nullable Long committedAfter,
      List<String> problems)
      throws CommandException {
    String name = question.topic() + "-" + partition;
    // Its very first commit may just have come.
    if (committed == null && committedAfter == null && !tiles.taken().isEmpty()) {
      problems.add(
          name
              + " has landed up to "
              + tiles.taken().end()
              + ", and the group holds no offset of it (the cluster forgets those of idle groups):"
              + " whether it committed more isn't known. A sink that is started goes on there, and"
              + " commits");
    }
    if (committed != null && committed > bounds.end()) {
      problems.add(
          name
              + ": the group is at "
              + committed
              + ", and the topic ends at "
              + bounds.end()
              + ": it has lost records, or the offset is of another topic");
    }
    Bounded<Span> gaps = new Bounded<>();
    List<Span> unlanded = new ArrayList<>();
    long unseen = 0;
    List<Span> holes = tiles.taken().holes(tiles.beginning(question.since() == null), tiles.end());
    try (Holes open = new Holes(brokers, question.topic(), partition, bounds, progress)) {
      for (Span hole : holes) {
        unseen += open.unseen(hole);
        Span gap = open.gap(hole);
        if (gap != null) {
          gaps.add(gap);
          unlanded.add(gap);
        }
      }
    }
    tiles.pending().forEach(piece -> unlanded.add(new Span(piece.from(), piece.to())));
    return new Report.Partition(
        partition,
        bounds.beginning(),
        bounds.end(),
        committed,
        committedAfter,
        landed(tiles, unlanded),
        gaps.first(),
        gaps.count(),
        tiles.overlaps().first(),
        tiles.overlaps().count(),
        tiles.pending(),
        tiles.staged(),
        tiles.beyond(committedAfter),
        unseen);
  }

  /** From the first tile to the last, but for what has not landed: what lies between holds none. */
  private static List<Span> landed(Tiles tiles, List<Span> unlanded) {
    Ranges not = new Ranges();
    unlanded.forEach(not::add);
    return tiles.taken().isEmpty()
        ? List.of()
        : not.holes(tiles.taken().first(), tiles.taken().end());
  }

  /** Notes that this version doesn't read. */
  private List<String> notes(Map<Integer, OffsetAndMetadata> committed) {
    List<String> sentences = new ArrayList<>();
    committed.forEach(
        (partition, offset) -> {
          if (ParticipantHandover.isForeign(offset)) {
            sentences.add(
                question.topic()
                    + "-"
                    + partition
                    + ": the group's offset bears a note of another version of Flafka, "
                    + offset.metadata()
                    + ": audit with that version");
          }
        });
    return sentences;
  }
}
