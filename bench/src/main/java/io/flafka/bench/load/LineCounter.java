package io.flafka.bench.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Counts lines, and makes a {@link Tally} of them. A line of 200 bytes takes some 20 ns, if it is
 * in the core's cache: little enough to be done in the midst of a measurement, for every subject
 * the same.
 *
 * <p>A line's fingerprint is Fletcher's checksum of its words of eight bytes and of its length,
 * mixed: a line that is changed, cut or split has another one, and the sums of two different
 * collections of lines are the same once in 2^64.
 *
 * <p>For one thread.
 */
public final class LineCounter {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private long lines;
  private long bytes;
  private long prints;
  private long stamped;
  private long stamps;

  /** Counts a line without its end. */
  public void add(byte[] line) {
    lines++;
    bytes += line.length;
    prints += print(line);
  }

  /** Counts a line with the time that was read from it; null if none was. */
  public void add(byte[] line, @Nullable String stamp) {
    add(line);
    if (stamp != null) {
      stamped++;
      stamps += stamp.hashCode();
    }
  }

  /** What was counted since the start, or since the last {@link #clear}. */
  public Tally tally() {
    return new Tally(lines, bytes, prints, stamped, stamps);
  }

  /** Forgets all. */
  public void clear() {
    lines = 0;
    bytes = 0;
    prints = 0;
    stamped = 0;
    stamps = 0;
  }

  private static long print(byte[] line) {
    long sum = line.length;
    long sums = 0;
    int i = 0;
    for (; i <= line.length - Long.BYTES; i += Long.BYTES) {
      sum += (long) WORDS.get(line, i);
      sums += sum;
    }
    for (; i < line.length; i++) {
      sum += line[i];
      sums += sum;
    }
    return mixed(sum ^ mixed(sums));
  }

  /** The finalizer of splitmix64. */
  private static long mixed(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
