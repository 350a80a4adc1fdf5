package io.flafka.hdfs.exactlyonce;

import io.flafka.delivery.LastCommit;
import io.flafka.delivery.Span;
import java.util.Map;
import java.util.Set;

/**
 * What is known of streams that are ours now, and no other member can commit.
 *
 * @param streams all of them
 * @param commits stream to its last commit, of those that have one
 */
record Witnesses(Set<String> streams, Map<String, LastCommit> commits) {
  /** Of one who owns nothing. */
  static final Witnesses NONE = new Witnesses(Set.of(), Map.of());

  enum Verdict {
    /** It was not committed. */
    ABORTED,
    /** It was not committed, unless its publication has begun. */
    ABORTED_UNLESS_PUBLISHED,
    /** It may have been committed, and nothing of it comes again. */
    PASSED_OVER,
    /** Only owners of other streams can tell. */
    UNKNOWN
  }

  Witnesses {
    streams = Set.copyOf(streams);
    commits = Map.copyOf(commits);
  }

  /**
   * Judges a pending manifest that none of the notes names.
   *
   * <p>A commit covers all streams of its manifest at once. So one stream whose last commit bears
   * another note is proof; one that an operator reset, or that was forgotten, is none. If there is
   * no other, it was committed if its publication has begun; and if it lies before all that its
   * streams go on from, its files are the only place where its events still are.
   */
  Verdict of(Manifest manifest) {
    Map<String, Span> its = manifest.taken();
    if (its.keySet().stream().anyMatch(this::hasNote)) {
      return Verdict.ABORTED;
    }
    if (!streams.containsAll(its.keySet())) {
      return Verdict.UNKNOWN;
    }
    return its.entrySet().stream().allMatch(taken -> isPast(taken.getKey(), taken.getValue()))
        ? Verdict.PASSED_OVER
        : Verdict.ABORTED_UNLESS_PUBLISHED;
  }

  /** Whether all that somebody took is ours now, so that he can commit nothing more. */
  boolean haveAll(Set<String> taken) {
    return !taken.isEmpty() && streams.containsAll(taken);
  }

  /** Whether they tell of each manifest of theirs what became of it. */
  boolean knowAll() {
    return streams.stream().allMatch(this::hasNote);
  }

  private boolean hasNote(String stream) {
    LastCommit last = commits.get(stream);
    return last != null && last.note().isPresent();
  }

  private boolean isPast(String stream, Span taken) {
    LastCommit last = commits.get(stream);
    return last != null && last.offset() >= taken.to();
  }
}
