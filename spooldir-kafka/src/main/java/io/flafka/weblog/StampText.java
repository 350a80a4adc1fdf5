package io.flafka.weblog;

import java.util.Arrays;

/**
 * A stamp's bytes, and its time as a header's text. Neighbouring lines mostly bear the same stamp,
 * so the last one is kept: comparing 28 bytes is cheaper than reading and printing a time.
 */
record StampText(byte[] stamp, String millis) {
  static final StampText NONE = new StampText(new byte[0], "");

  static StampText at(byte[] line, int start) {
    return new StampText(
        Arrays.copyOfRange(line, start, start + Stamp.LENGTH),
        Long.toString(Stamp.read(line, start)));
  }

  boolean isAt(byte[] line, int start) {
    return start + Stamp.LENGTH <= line.length
        && Arrays.equals(stamp, 0, stamp.length, line, start, start + Stamp.LENGTH);
  }
}
