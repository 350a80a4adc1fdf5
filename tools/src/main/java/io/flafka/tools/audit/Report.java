package io.flafka.tools.audit;

import io.flafka.delivery.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an audit found; {@code --json} prints it with these names. Offsets are Kafka's, {@code to}
 * is just past the last one. Gaps, overlaps and files end after a hundred, their counts don't.
 *
 * @param records the directory in HDFS in which it stood
 * @param since the first day whose manifests counted, as {@code 2026-11-26}; null for all
 * @param totals of the manifests of this group and topic
 * @param deep what {@code --deep} found; null without it
 * @param problems what keeps the question from being answered, in sentences
 * @param remarks what is good to know, in sentences
 */
record Report(
    String topic,
    String topicId,
    String group,
    String records,
    @Nullable String since,
    Totals totals,
    List<Partition> partitions,
    List<Run> runs,
    Files files,
    @Nullable Deep deep,
    List<String> problems,
    List<String> remarks) {

  /**
   * Counts.
   *
   * @param manifests in the history
   * @param files that these name
   * @param bytes of those files
   * @param newer manifests that came after the group was asked, and don't count
   * @param others manifests of other groups or topics, which were left out
   */
  record Totals(long manifests, long files, long events, long bytes, long newer, long others) {}

  /** A range of offsets, and the manifest that it is in. */
  record Piece(long from, long to, String manifest) {}

  /**
   * A partition.
   *
   * @param beginning the first offset that the topic still has
   * @param end where its next record goes
   * @param committed the group's offset; null if it has none
   * @param committedAfter the same when all had been read
   * @param landed what is published
   * @param gaps what is committed and in no manifest, from the first record there on
   * @param gapCount how many
   * @param overlaps what is in two manifests, and the second of them
   * @param overlapCount how many
   * @param pending what is committed, and not all published yet
   * @param staged what is finished, and not committed: it comes again, or will be committed
   * @param beyond what has landed and lies past the committed offset: it will be landed again
   * @param unseen how many offsets are in no manifest, and in the topic no more
   */
  record Partition(
      int partition,
      long beginning,
      long end,
      @Nullable Long committed,
      @Nullable Long committedAfter,
      List<Span> landed,
      List<Span> gaps,
      long gapCount,
      List<Piece> overlaps,
      long overlapCount,
      List<Piece> pending,
      List<Piece> staged,
      List<Span> beyond,
      long unseen) {

    /** Whether what is published tiles up to the committed offset. */
    public boolean isComplete() {
      return gaps.isEmpty() && overlaps.isEmpty() && pending.isEmpty() && beyond.isEmpty();
    }
  }

  /**
   * A run of a sink, with what it has in use.
   *
   * @param owner host and process; empty if that isn't known
   * @param lastSign when it last showed that it lives, as {@code 2026-11-26T08:59:27Z}
   * @param state {@code in use}, {@code dead} or {@code cleared}
   * @param manifests whose files are not all published
   * @param torn manifests whose writer died at them
   * @param files that no manifest names; orphans unless the run is in use
   */
  record Run(
      String directory,
      String owner,
      String lastSign,
      String state,
      int manifests,
      int torn,
      int files) {}

  /**
   * The files that the manifests name. Users may move, merge and delete them, so that these figures
   * are no problem.
   *
   * @param missing how many are not where they were published
   * @param changed how many have another length
   * @param named the first of them
   */
  record Files(long missing, long changed, List<String> named) {}

  /**
   * What became of the lines.
   *
   * @param compared manifests whose files hold the lines of their spans
   * @param different manifests whose files don't
   * @param skipped manifests that couldn't be compared
   * @param lines in the files that were compared
   * @param named the first of those that differ, or were skipped, in sentences
   */
  record Deep(long compared, long different, long skipped, long lines, List<String> named) {
    /** Whether all files hold what they should. */
    public boolean isComplete() {
      return different == 0 && skipped == 0;
    }
  }

  /** Whether everything that the group has committed has landed, once. */
  public boolean isComplete() {
    return problems.isEmpty()
        && partitions.stream().allMatch(Partition::isComplete)
        && (deep == null || deep.isComplete());
  }
}
