package io.flafka.hdfs.bucket;

import java.time.InstantSource;
import java.util.Map;

/**
 * Tells the time of an event: its {@code timestamp} header, or the agent's clock. For one thread.
 */
public final class EventClock {
  static final String TIMESTAMP = "timestamp";

  /** What {@link #millis} returns for an event without a usable timestamp. */
  public static final long NEVER = Long.MIN_VALUE;

  private final boolean local;
  private final InstantSource clock;
  private String lastText = "";
  private long lastMillis = NEVER;

  /**
   * @param local whether the agent's clock counts, not the header
   */
  public EventClock(boolean local, InstantSource clock) {
    this.local = local;
    this.clock = clock;
  }

  /** Milliseconds since the epoch, or {@link #NEVER}. */
  // Neighbouring events mostly bear the very same object, if they come from a topic.
  @SuppressWarnings("ReferenceEquality")
  public long millis(Map<String, String> headers) {
    if (local) {
      return clock.millis();
    }
    String timestamp = headers.get(TIMESTAMP);
    if (timestamp == null) {
      return NEVER;
    }
    if (timestamp != lastText) {
      lastMillis = parse(timestamp);
      lastText = timestamp;
    }
    return lastMillis;
  }

  private static long parse(String timestamp) {
    try {
      return Long.parseLong(timestamp);
    } catch (NumberFormatException e) {
      return NEVER;
    }
  }

  /** The header as it is, or the agent's time in its place. */
  public String raw(long millis, Map<String, String> headers) {
    return local ? Long.toString(millis) : headers.getOrDefault(TIMESTAMP, "");
  }
}
