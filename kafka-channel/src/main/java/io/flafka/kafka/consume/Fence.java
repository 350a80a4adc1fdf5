package io.flafka.kafka.consume;

import org.apache.flume.ChannelException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.jspecify.annotations.Nullable;

/**
 * Whether another member has taken a reader's place in the group: its {@code group.instance.id},
 * its partitions, and what was open about them. To take the place back would only start a fight, so
 * the reader is of no use from then on.
 *
 * <p>For the reader's thread.
 */
final class Fence {
  private @Nullable FencedInstanceIdException up;

  /** Notes what a call has thrown, if it tells of a fence. */
  void note(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FencedInstanceIdException fenced) {
        up = fenced;
      }
    }
  }

  /**
   * Nothing more may be asked of the group.
   *
   * @throws ChannelException if so
   */
  void failIfUp() {
    FencedInstanceIdException fenced = up;
    if (fenced != null) {
      throw new ChannelException(
          "Fenced: another member of the consumer group has this one's"
              + " kafka.consumer.group.instance.id now, and goes on where this one was; what was"
              + " taken here and not committed comes again there. Nothing more is taken here until"
              + " the agent is started again. Each agent needs an id of its own",
          fenced);
    }
  }
}
