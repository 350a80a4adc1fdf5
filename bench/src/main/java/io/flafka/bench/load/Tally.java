package io.flafka.bench.load;

/**
 * How many lines there are, and which: sums that don't depend on the order.
 *
 * @param lines how many
 * @param bytes their length in all, without the ends of the lines
 * @param prints the sum of their fingerprints, as {@link LineCounter} takes them
 * @param stamped how many have a time of their own beside them
 * @param stamps the sum of the hashes of these times
 */
public record Tally(long lines, long bytes, long prints, long stamped, long stamps) {
  public static final Tally NONE = new Tally(0, 0, 0, 0, 0);

  /**
   * Asserts that what arrived are these lines, each of them once.
   *
   * @throws IllegalStateException if they aren't
   */
  public void requireOnce(Tally arrived) {
    if (!arrived.equals(this)) {
      throw new IllegalStateException(
          "it is not each line once: %s arrived of %s".formatted(arrived, this));
    }
  }

  /** Both together. */
  public Tally plus(Tally other) {
    return new Tally(
        lines + other.lines,
        bytes + other.bytes,
        prints + other.prints,
        stamped + other.stamped,
        stamps + other.stamps);
  }

  /** The same lines, and nothing about their times. */
  public Tally withoutStamps() {
    return new Tally(lines, bytes, prints, 0, 0);
  }
}
