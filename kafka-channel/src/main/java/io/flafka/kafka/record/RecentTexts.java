package io.flafka.kafka.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads texts, and remembers the last one of each place. Neighbouring events mostly bear the same
 * headers: comparing bytes is cheaper than making text, and who gets the same object again need not
 * read it again. For one thread.
 */
final class RecentTexts {
  private static final int PLACES = 16;

  /** What is longer is hardly the same twice, and not worth keeping. */
  private static final int LONGEST = 256;

  private final byte[][] bytes = new byte[PLACES][];
  private final String[] texts = new String[PLACES];

  /**
   * The text of bytes in UTF-8; the same object as the last time in that place, if it is the same.
   *
   * @param place counted from 0; those behind the first sixteen are not remembered
   */
  String read(int place, ByteBuffer from, int length) {
    byte[] array;
    int start;
    if (from.hasArray()) {
      array = from.array();
      start = from.arrayOffset() + from.position();
      from.position(from.position() + length);
    } else {
      array = new byte[length];
      start = 0;
      from.get(array);
    }
    return place < PLACES && length <= LONGEST
        ? recent(place, array, start, start + length)
        : new String(array, start, length, UTF_8);
  }

  private String recent(int place, byte[] array, int start, int end) {
    byte[] last = bytes[place];
    if (last == null || !Arrays.equals(last, 0, last.length, array, start, end)) {
      bytes[place] = Arrays.copyOfRange(array, start, end);
      texts[place] = new String(array, start, end - start, UTF_8);
    }
    return texts[place];
  }
}
