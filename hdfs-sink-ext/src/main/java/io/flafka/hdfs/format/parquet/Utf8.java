package io.flafka.hdfs.format.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.weblog.line.Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.parquet.io.api.Binary;

/**
 * Makes sure that texts are UTF-8, as Parquet's strings must be. Lines of ASCII, which most are,
 * are looked through once, eight bytes at a time. For one thread.
 */
final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NOT_ASCII = 0x8080808080808080L;

  private byte[] line = {};
  private boolean isAscii;
  private boolean faithful;

  /** Starts with another line. */
  void line(byte[] line) {
    this.line = line;
    this.isAscii = isAscii(line, 0, line.length);
  }

  /** A text, which may be a part of the line, or not; what is malformed in it is replaced. */
  Binary of(Slice slice) {
    faithful = true;
    byte[] array = slice.array();
    if ((array == line && isAscii) || isAscii(array, slice.start(), slice.length())) {
      // Whoever keeps it copies it.
      return Binary.fromReusedByteArray(array, slice.start(), slice.length());
    }
    byte[] sound = new String(array, slice.start(), slice.length(), UTF_8).getBytes(UTF_8);
    faithful =
        java.util.Arrays.equals(
            sound, 0, sound.length, array, slice.start(), slice.start() + slice.length());
    return Binary.fromConstantByteArray(sound);
  }

  /** Whether the last text is as it was. */
  boolean isFaithful() {
    return faithful;
  }

  private static boolean isAscii(byte[] array, int start, int length) {
    int at = start;
    int end = start + length;
    long seen = 0;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      seen |= (long) LONGS.get(array, at);
    }
    for (; at < end; at++) {
      seen |= array[at];
    }
    return (seen & NOT_ASCII) == 0;
  }
}
