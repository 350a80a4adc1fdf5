package io.flafka.delivery;

import org.apache.flume.Channel;

/** A channel that can replay all that a thread took since its last commit, however much that is. */
public interface ReplayableChannel extends Channel {
  /** Whether it can, as configured. If not, {@link #enlist} throws. */
  boolean replays();

  /**
   * Joins the calling thread to a participant. From now on, whatever this thread takes is committed
   * together with what the participant prepared from it, and events know their positions in the
   * streams that the participant is told of. Called before the thread's first take; again, it
   * exchanges the participant between two transactions.
   *
   * @throws org.apache.flume.FlumeException if the channel is not configured for it; the message
   *     says what to set
   */
  void enlist(Participant participant);
}
