package io.flafka.hdfs.format.parquet;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The memory that the row groups of all open files of a sink may take.
 *
 * <p>A file ends its own row group, and never another's, which may be on another thread and whose
 * failures are its own. It does so when all together take more than the half of what there is and
 * itself more than its part of that half; or, however small it is, when all is taken. So what they
 * take together stays within the limit, but for what each adds between two looks.
 *
 * <p>For any number of threads. A file that is dropped without an end is forgotten once the
 * collector has freed its memory.
 */
public final class RowGroupMemory {
  private static final int LONGEST_STEP = 64 << 10;
  private static final int SHORTEST_STEP = 4 << 10;
  private static final int STEPS = 64;

  private final long limit;
  private final Set<Share> shares = Collections.newSetFromMap(new WeakHashMap<>());

  /**
   * All there is.
   *
   * @param limit bytes
   */
  public RowGroupMemory(long limit) {
    this.limit = limit;
  }

  synchronized Share open() {
    Share share = new Share();
    shares.add(share);
    return share;
  }

  /** Bytes that all row groups take, as far as they said so. */
  synchronized long taken() {
    long taken = 0;
    for (Share share : shares) {
      taken += share.bytes;
    }
    return taken;
  }

  private synchronized void take(Share share, long bytes) {
    share.bytes = bytes;
  }

  private synchronized boolean isTooMuch(Share share) {
    long taken = taken();
    return taken > limit || (taken > limit / 2 && share.bytes > limit / 2 / shares.size());
  }

  private synchronized int step() {
    long step = limit / STEPS / Math.max(1, shares.size());
    return (int) Math.max(SHORTEST_STEP, Math.min(LONGEST_STEP, step));
  }

  private synchronized void close(Share share) {
    shares.remove(share);
  }

  /** What one file takes. */
  final class Share {
    private long bytes;

    /** Says how much it is now. */
    void take(long bytes) {
      RowGroupMemory.this.take(this, bytes);
    }

    /** Whether the row group must end. */
    boolean isTooMuch() {
      return RowGroupMemory.this.isTooMuch(this);
    }

    /** How many bytes of events to add before the next look. */
    int step() {
      return RowGroupMemory.this.step();
    }

    void close() {
      RowGroupMemory.this.close(this);
    }
  }
}
