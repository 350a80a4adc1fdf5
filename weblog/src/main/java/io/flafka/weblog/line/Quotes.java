package io.flafka.weblog.line;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for what may end a text in quotes, eight bytes at a time. */
final class Quotes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x0101_0101_0101_0101L;
  private static final long HIGH_BITS = LOW_BITS << 7;
  private static final long QUOTES = LOW_BITS * '"';
  private static final long BACKSLASHES = LOW_BITS * '\\';

  private Quotes() {}

  /** Where the first quote or backslash is; {@code to} or more if there is none. */
  static int find(byte[] bytes, int from, int to) {
    int i = from;
    for (int last = to - Long.BYTES; i <= last; i += Long.BYTES) {
      long eight = (long) LONGS.get(bytes, i);
      long found = zeroes(eight ^ QUOTES) | zeroes(eight ^ BACKSLASHES);
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (i < to && bytes[i] != '"' && bytes[i] != '\\') {
      i++;
    }
    return i;
  }

  /** The high bit of the lowest byte that is zero; those above it may be set without reason. */
  private static long zeroes(long eight) {
    return (eight - LOW_BITS) & ~eight & HIGH_BITS;
  }
}
