package io.flafka.spooldir;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is read ahead of the channels: one large batch, or small ones up to 4 MiB. Once it is full,
 * it must be half empty before there is room again, so that threads don't wake each other for every
 * small batch. Who puts waits for that room before it reads on: so of large batches there are two,
 * one that is put and one that is being read, or is and waits.
 *
 * <p>For one thread that puts and one that takes; anybody may close it.
 */
final class BatchQueue {
  private static final int MOST = 64;
  private static final long MOST_BYTES = 4 << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition more = lock.newCondition();
  private final Deque<Batch> batches = new ArrayDeque<>();
  private long bytes;
  private boolean full;
  private boolean ended;

  /** Adds a batch, and waits until there is room for another or the queue is closed. */
  void put(Batch batch) {
    lock.lock();
    try {
      if (ended) {
        return;
      }
      batches.add(batch);
      bytes += batch.bytes();
      full = batches.size() >= MOST || bytes >= MOST_BYTES;
      more.signal();
      while (full && !ended) {
        room.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The next batch, when there is one; null if the queue was closed. */
  @Nullable Batch take() {
    lock.lock();
    try {
      while (batches.isEmpty() && !ended) {
        more.awaitUninterruptibly();
      }
      Batch batch = batches.poll();
      if (batch != null) {
        bytes -= batch.bytes();
        if (full && batches.size() <= MOST / 2 && bytes <= MOST_BYTES / 2) {
          full = false;
          room.signal();
        }
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Drops what is there, and takes no more. */
  void close() {
    lock.lock();
    try {
      ended = true;
      batches.clear();
      room.signal();
      more.signal();
    } finally {
      lock.unlock();
    }
  }
}
