package io.flafka.hdfs.compression;

/**
 * Estimates what a compressor holds back, from what went into it and what came out. For one thread.
 *
 * <p>A compressor that puts something out is taken to hold nothing then, and to go on as it did so
 * far. Before it has put much out, it is taken to make a quarter of what it gets. How far off that
 * is, is bounded by what a compressor can hold: a block of bzip2 is 900 KB of content.
 */
public final class Backlog {
  // Bytes for which the guess stands beside what is known.
  private static final long WEIGHT = 1 << 16;
  private static final int GUESS = 4;

  private long taken;
  private long takenAtOutput;
  private long stored;

  /** Notes that so many bytes went in. */
  public void take(long bytes) {
    taken += bytes;
  }

  /**
   * How many bytes are yet to come out.
   *
   * @param position how many came out so far
   */
  public long pending(long position) {
    if (position != stored) {
      stored = position;
      takenAtOutput = taken;
    }
    double ratio = (double) (stored + WEIGHT / GUESS) / (takenAtOutput + WEIGHT);
    return (long) ((taken - takenAtOutput) * ratio);
  }
}
