package io.flafka.delivery;

import java.time.Duration;

/**
 * When a batch is large enough: the first limit that is reached counts.
 *
 * @param events the most
 * @param bytes of bodies, after which it ends
 * @param time since its first event, after which it ends
 */
public record BatchLimits(int events, long bytes, Duration time) {
  private static final int EVENTS = 50_000;
  private static final long BYTES = 16 << 20;
  private static final Duration TIME = Duration.ofMillis(100);

  /**
   * An event with a header takes half a kilobyte beside its body, and there are two batches, one
   * being put and one being read: so they take an eighth of a heap at most.
   */
  private static final long HEAP_AN_EVENT = 8 << 10;

  private static final long HEAP_A_BYTE = 16;

  /** As small a batch as any channel has room for: stock Flume's own. */
  private static final int LEAST_EVENTS = 100;

  /**
   * The bounds for a channel that has none: a Kafka transaction of this size costs next to nothing.
   * In a heap of less than 400 MB they are lower.
   */
  public static final BatchLimits LARGE = large(Runtime.getRuntime().maxMemory());

  /** So many events, unless they are large or late. */
  public static BatchLimits of(int events) {
    return new BatchLimits(events, BYTES, TIME);
  }

  /**
   * The bounds of large batches.
   *
   * @param heap its size in bytes
   */
  static BatchLimits large(long heap) {
    int events = (int) Math.max(LEAST_EVENTS, Math.min(EVENTS, heap / HEAP_AN_EVENT));
    return new BatchLimits(events, Math.min(BYTES, heap / HEAP_A_BYTE), TIME);
  }
}
