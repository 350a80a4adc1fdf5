package io.flafka.kafka.produce;

import org.apache.flume.ChannelException;
import org.jspecify.annotations.Nullable;

/** A batch that a thread wants sent, and what came of it. Guarded by the sender's lock. */
final class Request {
  private final Batch batch;
  private boolean settled;
  private @Nullable ChannelException failure;

  Request(Batch batch) {
    this.batch = batch;
  }

  Batch batch() {
    return batch;
  }

  void settle(@Nullable ChannelException failure) {
    settled = true;
    this.failure = failure;
  }

  boolean settled() {
    return settled;
  }

  /**
   * Returns if the batch is committed.
   *
   * @throws ChannelException if not, or nobody knows
   */
  void answer() {
    if (failure != null) {
      throw new ChannelException(failure.getMessage(), failure);
    }
  }
}
