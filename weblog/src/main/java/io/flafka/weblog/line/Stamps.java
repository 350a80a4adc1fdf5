package io.flafka.weblog.line;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads stamps, and remembers the last one. Neighbouring lines mostly bear the same: comparing 28
 * bytes is cheaper than reading and printing a time. For one thread.
 */
final class Stamps {
  private final byte[] last = new byte[Stamp.LENGTH];
  private String millis = "";

  /**
   * The time of the stamp that begins there, in milliseconds since 1970; null if none does. There
   * must be {@link Stamp#LENGTH} bytes.
   */
  @Nullable String at(byte[] line, int start) {
    if (Arrays.equals(last, 0, Stamp.LENGTH, line, start, start + Stamp.LENGTH)) {
      return millis.isEmpty() ? null : millis;
    }
    long read = Stamp.read(line, start);
    if (read == Stamp.NONE) {
      return null;
    }
    System.arraycopy(line, start, last, 0, Stamp.LENGTH);
    millis = Long.toString(read);
    return millis;
  }
}
