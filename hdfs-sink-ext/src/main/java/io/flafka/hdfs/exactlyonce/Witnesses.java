package io.flafka.hdfs.exactlyonce;

import java.util.Map;
import java.util.Set;

/**
 * What is known of streams that are ours now, and no other member can commit.
 *
 * @param streams all of them
 * @param notes stream to the note of its last commit, where that bears one
 */
record Witnesses(Set<String> streams, Map<String, String> notes) {
  enum Verdict {
    /** It was not committed. */
    ABORTED,
    /** It was not committed, unless its publication has begun. */
    ABORTED_UNLESS_PUBLISHED,
    /** Only owners of other streams can tell. */
    UNKNOWN
  }

  Witnesses {
    streams = Set.copyOf(streams);
    notes = Map.copyOf(notes);
  }

  /**
   * Judges a pending manifest that none of the notes names.
   *
   * <p>A commit covers all streams of its manifest at once. So one stream whose last commit bears
   * another note is proof; one that an operator reset, or that was forgotten, is none, unless there
   * is no other, and then only as long as nothing is published.
   */
  Verdict of(Manifest manifest) {
    Set<String> its = manifest.taken().keySet();
    if (its.stream().anyMatch(notes::containsKey)) {
      return Verdict.ABORTED;
    }
    if (!streams.containsAll(its)) {
      return Verdict.UNKNOWN;
    }
    return Verdict.ABORTED_UNLESS_PUBLISHED;
  }
}
