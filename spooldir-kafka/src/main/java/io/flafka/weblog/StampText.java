package io.flafka.weblog;

import java.util.Arrays;

/**
 * A stamp's bytes, and its time as a header's text. Neighbouring lines mostly bear the same stamp,
 * so the last one is kept: comparing 28 bytes is cheaper than reading and printing a time.
 *
 * <p>Immutable, so that threads may hand it to each other without further ado.
 */
final class StampText {
  static final StampText NONE = new StampText(new byte[0], "");

  private final byte[] stamp;
  private final String millis;

  private StampText(byte[] stamp, String millis) {
    this.stamp = stamp;
    this.millis = millis;
  }

  /** The stamp that begins there. */
  static StampText of(byte[] line, int start, long millis) {
    return new StampText(
        Arrays.copyOfRange(line, start, start + Stamp.LENGTH), Long.toString(millis));
  }

  /** Whether the same stamp begins there. There must be {@link Stamp#LENGTH} bytes. */
  boolean isAt(byte[] line, int start) {
    return Arrays.equals(stamp, 0, stamp.length, line, start, start + Stamp.LENGTH);
  }

  /** Milliseconds since 1970, in decimal. */
  String millis() {
    return millis;
  }
}
