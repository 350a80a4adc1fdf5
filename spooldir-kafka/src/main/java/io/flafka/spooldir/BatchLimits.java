package io.flafka.spooldir;

import java.time.Duration;

/**
 * When a batch is large enough. It is never waited for until it is.
 *
 * @param events the most
 * @param bytes in memory, after which it ends
 * @param time since its first event, after which it ends
 */
record BatchLimits(int events, long bytes, Duration time) {
  /** What stock Flume takes if nothing is said: every channel has room for it. */
  static final int STOCK = 100;

  private static final long BYTES = 16 << 20;
  private static final Duration TIME = Duration.ofMillis(100);

  /**
   * The bounds for a channel that has none: a Kafka transaction of this size costs next to nothing.
   */
  static final BatchLimits LARGE = of(50_000);

  static BatchLimits of(int events) {
    return new BatchLimits(events, BYTES, TIME);
  }
}
