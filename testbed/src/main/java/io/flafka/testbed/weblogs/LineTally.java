package io.flafka.testbed.weblogs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Compares two multisets of lines, of which neither fits into memory as it is.
 *
 * <p>It keeps how often each line went in less how often it came out, keyed by the line's MD5 (128
 * bits: two lines of a trillion share one with a probability below 10<sup>-14</sup>), 21 bytes for
 * each distinct line at a load of at most a half.
 *
 * <p>For one thread.
 */
public final class LineTally {
  private static final int DIGEST = 16;
  private static final int BUFFER = 1 << 16;

  private final MessageDigest md5;
  private final byte[] digest = new byte[DIGEST];
  private long[] high = new long[1 << 12];
  private long[] low = new long[1 << 12];
  private int[] balance = new int[1 << 12];
  private boolean[] taken = new boolean[1 << 12];
  private int distinct;

  public LineTally() {
    try {
      md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has MD5", e);
    }
  }

  /**
   * Counts the lines of a stream as gone in.
   *
   * @return how many they are; a last one without a newline counts
   */
  public long in(InputStream stream) throws IOException {
    return read(stream, 1);
  }

  /** Counts the lines of a stream as come out; returns how many they are. */
  public long out(InputStream stream) throws IOException {
    return read(stream, -1);
  }

  /** How many lines went in that didn't come out. */
  public long lost() {
    long sum = 0;
    for (int count : balance) {
      sum += Math.max(0, count);
    }
    return sum;
  }

  /** How many lines came out that hadn't gone in, or not as often. */
  public long doubled() {
    long sum = 0;
    for (int count : balance) {
      sum += Math.max(0, -count);
    }
    return sum;
  }

  private long read(InputStream stream, int sign) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long lines = 0;
    boolean open = false;
    for (int length = stream.read(buffer); length != -1; length = stream.read(buffer)) {
      int start = 0;
      for (int i = 0; i < length; i++) {
        if (buffer[i] == '\n') {
          md5.update(buffer, start, i - start);
          count(sign);
          lines++;
          start = i + 1;
          open = false;
        }
      }
      if (start < length) {
        md5.update(buffer, start, length - start);
        open = true;
      }
    }
    if (open) {
      count(sign);
      lines++;
    }
    return lines;
  }

  /** Ends a line: the digest has had all its bytes. */
  private void count(int sign) {
    try {
      md5.digest(digest, 0, DIGEST);
    } catch (DigestException e) {
      throw new IllegalStateException("MD5 has " + DIGEST + " bytes", e);
    }
    ByteBuffer bytes = ByteBuffer.wrap(digest);
    int slot = slot(bytes.getLong(), bytes.getLong());
    balance[slot] += sign;
    if (distinct > taken.length / 2) {
      grow();
    }
  }

  private int slot(long h, long l) {
    int mask = taken.length - 1;
    int slot = (int) h & mask;
    while (taken[slot] && (high[slot] != h || low[slot] != l)) {
      slot = (slot + 1) & mask;
    }
    if (!taken[slot]) {
      taken[slot] = true;
      high[slot] = h;
      low[slot] = l;
      distinct++;
    }
    return slot;
  }

  private void grow() {
    long[] oldHigh = high;
    long[] oldLow = low;
    int[] oldBalance = balance;
    boolean[] oldTaken = taken;
    int size = oldTaken.length * 2;
    high = new long[size];
    low = new long[size];
    balance = new int[size];
    taken = new boolean[size];
    distinct = 0;
    for (int i = 0; i < oldTaken.length; i++) {
      if (oldTaken[i]) {
        balance[slot(oldHigh[i], oldLow[i])] = oldBalance[i];
      }
    }
  }
}
