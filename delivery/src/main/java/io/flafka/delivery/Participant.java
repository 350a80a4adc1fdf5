package io.flafka.delivery;

import java.util.Map;

/**
 * The two-phase side of a sink. All methods are called on the thread that takes from the channel.
 *
 * <p>The order is {@code recover} before the first event of a newly assigned stream, then {@code
 * prepare}, the channel's commit, and {@code publish}; or {@code discard} where the commit is not
 * ours.
 */
public interface Participant {
  /**
   * Finishes what earlier owners of these streams committed and may not have published.
   *
   * @param notes stream to the note of its last commit
   */
  void recover(Map<String, String> notes);

  /**
   * Makes everything written so far durable, not yet visible.
   *
   * @param upTo stream to the offset just past the last event taken from it
   * @return the note that names what was prepared; the same one if asked again
   */
  String prepare(Map<String, Long> upTo);

  /** Makes visible what was prepared. Idempotent. */
  void publish();

  /** Drops what was written since the last publish. */
  void discard();
}
