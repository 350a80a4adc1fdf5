package io.flafka.tools.audit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a bag of lines comes to, in whatever order they come: in each of 4,096 parts, by which a
 * line's MD5 begins, the sum of the MD5s of its lines, modulo 2^64 in each half, and their number.
 * Two bags with the same fingerprint are the same, but for somebody who makes up lines to deceive.
 * So a difference is found in memory that doesn't grow with the lines, and narrowed down to those
 * parts in which it is.
 */
final class Fingerprint {
  /** How many parts there are. */
  static final int PARTS = 4_096;

  private final long[] high = new long[PARTS];
  private final long[] low = new long[PARTS];
  private final long[] counts = new long[PARTS];
  private final Hasher hasher = new Hasher();

  /** The MD5 of a line. */
  record Hash(long high, long low) {
    int part() {
      return (int) (high >>> 52);
    }
  }

  /** Makes hashes. For one thread. */
  static final class Hasher {
    private final MessageDigest digest;

    Hasher() {
      try {
        digest = MessageDigest.getInstance("MD5");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has MD5", e);
      }
    }

    Hash hash(byte[] bytes, int offset, int length) {
      digest.update(bytes, offset, length);
      ByteBuffer hash = ByteBuffer.wrap(digest.digest());
      return new Hash(hash.getLong(), hash.getLong());
    }
  }

  void add(byte[] bytes, int offset, int length) {
    Hash hash = hasher.hash(bytes, offset, length);
    int part = hash.part();
    high[part] += hash.high();
    low[part] += hash.low();
    counts[part]++;
  }

  /** How many lines there are. */
  long lines() {
    return Arrays.stream(counts).sum();
  }

  /** The parts in which two bags differ, in their order. */
  int[] differences(Fingerprint other) {
    return IntStream.range(0, PARTS)
        .filter(
            part ->
                high[part] != other.high[part]
                    || low[part] != other.low[part]
                    || counts[part] != other.counts[part])
        .toArray();
  }
}
