package io.flafka.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * A ring of bodies, made once: event {@code n} has body {@code n % SIZE}.
 *
 * <p>A body is its number in the ring as eight digits, and letters after it.
 */
public final class ReadyBodies {
  /** How many different bodies there are. */
  public static final int SIZE = 10_000;

  private static final int DIGITS = 8;
  private static final long SEED = 42;

  private final byte[][] ring = new byte[SIZE][];
  private final int bytes;

  /**
   * Makes them.
   *
   * @param bytes how long each is, at least 8
   */
  public ReadyBodies(int bytes) {
    if (bytes < DIGITS) {
      throw new IllegalArgumentException(
          "bytes = " + bytes + ": a body takes at least " + DIGITS + " for its number");
    }
    this.bytes = bytes;
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < SIZE; i++) {
      ring[i] = body(i, random);
    }
  }

  private byte[] body(int number, SplittableRandom random) {
    StringBuilder text = new StringBuilder("%08d".formatted(number));
    while (text.length() < bytes) {
      text.append((char) random.nextInt('a', 'z' + 1));
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** How long each body is. */
  public int bytes() {
    return bytes;
  }

  /** The body of the event with this number, from 0 on. It is not copied. */
  public byte[] of(long event) {
    return ring[(int) (event % SIZE)];
  }

  /**
   * Which body of the ring a record holds, in whatever format: the body is the end of the value.
   *
   * @return its number in the ring, or -1 if the value holds none
   */
  public int numberIn(byte[] value) {
    int start = value.length - bytes;
    if (start < 0) {
      return -1;
    }
    int number = 0;
    for (int i = start; i < start + DIGITS; i++) {
      int digit = value[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number < SIZE ? number : -1;
  }
}
