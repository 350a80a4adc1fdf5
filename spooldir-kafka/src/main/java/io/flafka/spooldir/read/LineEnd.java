package io.flafka.spooldir.read;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What ends a line: {@code \n} as it is in the bytes of a charset.
 *
 * <p>In a charset of two or four bytes it is looked for at every second or fourth byte only, since
 * a part of one character and a part of the next may look like it.
 */
final class LineEnd {
  /** In ASCII, and in all that looks like it. */
  static final LineEnd ASCII = new LineEnd(new byte[] {'\n'}, new byte[] {'\r'});

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = LOW_BITS << 7;

  private final byte[] newline;
  private final byte[] carriageReturn;
  private final int width;
  private final byte only;
  private final long eightTimes;

  /** Takes both in bytes, as many of the one as of the other. */
  LineEnd(byte[] newline, byte[] carriageReturn) {
    this.newline = newline;
    this.carriageReturn = carriageReturn;
    this.width = newline.length;
    this.only = newline[0];
    this.eightTimes = LOW_BITS * Byte.toUnsignedLong(newline[0]);
  }

  /** How many bytes it takes, and the least that a character takes. */
  int width() {
    return width;
  }

  /**
   * Where the first one begins; -1 if there is none.
   *
   * @param from where a character begins
   * @param to all of it must be before
   */
  int find(byte[] bytes, int from, int to) {
    return width == 1 ? findByte(bytes, from, to) : findWide(bytes, from, to);
  }

  /** Whether a carriage return stands there. */
  boolean isCarriageReturn(byte[] bytes, int from) {
    return Arrays.equals(bytes, from, from + width, carriageReturn, 0, width);
  }

  /**
   * Eight bytes at a time: those that hold it have a zero byte once it is subtracted bit by bit.
   */
  private int findByte(byte[] bytes, int from, int to) {
    int i = from;
    for (int last = to - Long.BYTES; i <= last; i += Long.BYTES) {
      long zeroWhereFound = (long) LONGS.get(bytes, i) ^ eightTimes;
      long found = (zeroWhereFound - LOW_BITS) & ~zeroWhereFound & HIGH_BITS;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (bytes[i] == only) {
        return i;
      }
    }
    return -1;
  }

  private int findWide(byte[] bytes, int from, int to) {
    for (int i = from; i <= to - width; i += width) {
      if (Arrays.equals(bytes, i, i + width, newline, 0, width)) {
        return i;
      }
    }
    return -1;
  }
}
