package io.flafka.hdfs.bucket;

import java.time.InstantSource;
import java.util.Map;

/**
 * Tells the time of an event: its {@code timestamp} header, or the agent's clock.
 *
 * @param local whether the agent's clock counts, not the header
 */
public record EventClock(boolean local, InstantSource clock) {
  static final String TIMESTAMP = "timestamp";

  /** What {@link #millis} returns for an event without a usable timestamp. */
  public static final long NEVER = Long.MIN_VALUE;

  /** Milliseconds since the epoch, or {@link #NEVER}. */
  public long millis(Map<String, String> headers) {
    if (local) {
      return clock.millis();
    }
    String timestamp = headers.get(TIMESTAMP);
    if (timestamp == null) {
      return NEVER;
    }
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
