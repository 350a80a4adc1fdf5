package io.flafka.hdfs.compression;

/**
 * Estimates what a compressor holds back, from what went into it and what came out. For one thread.
 *
 * <p>A compressor that puts something out is taken to hold nothing then but what it says, and to go
 * on as it did so far. Before it has put much out, it is taken to make a quarter of what it gets.
 * How far off that is, is bounded by what a compressor can hold: a block of bzip2 is 900 KB of
 * content, and gzip has at most some blocks of 128 KB under way.
 */
public final class Backlog {
  // The guess stands for what this many bytes lack of being known.
  private static final long WEIGHT = 1 << 16;
  private static final int GUESS = 4;

  private long taken;
  private long put;
  private long stored;

  /** Notes that so many bytes went in. */
  public void take(long bytes) {
    taken += bytes;
  }

  /**
   * How many bytes are yet to come out.
   *
   * @param position how many came out so far
   * @param held of those that went in, how many are known not to have come out
   */
  public long pending(long position, long held) {
    if (position != stored) {
      stored = position;
      put = taken - held;
    }
    long guessed = Math.max(0, WEIGHT - put);
    double ratio = (double) (stored + guessed / GUESS) / (put + guessed);
    return (long) ((taken - put) * ratio);
  }
}
