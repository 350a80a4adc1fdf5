package io.flafka.delivery;

import java.util.Map;
import java.util.Set;

/**
 * The two-phase side of a sink. All methods are called on the thread that takes from the channel,
 * from within its takes, commits and rollbacks.
 *
 * <p>The order is {@code recover} before the first event of a newly assigned stream; then, as often
 * as need be, {@code prepare}, the channel's commit, and {@code publish}, or {@code discard} where
 * the commit is not ours. The channel also commits in the middle of a transaction, when it has to
 * give a stream away; the sink goes on with what it takes next.
 *
 * <p>What a method throws fails the take or the commit that called it, and it is called again.
 */
public interface Participant {
  /**
   * Finishes what earlier owners of these streams committed and may not have published.
   *
   * @param streams all that are newly assigned
   * @param commits stream to its last commit; new streams, and those that the channel has forgotten
   *     since they were idle for long, are not in it
   * @param confirm throws unless the streams have been the channel's without a break since the
   *     commits were read: to be called after the last look at what nothing names, and before it is
   *     deleted. It costs a call to the cluster
   * @return stream to the offset to go on from, where the participant knows better than the
   *     channel: of those without a commit, the ones in its own history
   */
  Map<String, Long> recover(Set<String> streams, Map<String, LastCommit> commits, Runnable confirm);

  /**
   * Makes everything written so far durable, not yet visible.
   *
   * @param taken stream to what was taken of it since the last commit
   * @return the note that names what was prepared; the same one if asked again
   */
  String prepare(Map<String, Span> taken);

  /** Makes visible what was prepared. Idempotent. */
  void publish();

  /** Drops what was written since the last publish, prepared or not. */
  void discard();
}
