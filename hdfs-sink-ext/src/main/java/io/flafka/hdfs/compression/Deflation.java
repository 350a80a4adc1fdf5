package io.flafka.hdfs.compression;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * What a sink's files deflate their blocks with: threads, deflaters and buffers, which no file has
 * for itself. They are there as long as a file is open, so that they end with the sink. For several
 * threads.
 *
 * <p>However many files are open, so many blocks wait for a thread or are deflated at a time, and
 * so much of what became of them waits for its file, which writes it when it is next written to.
 * Beyond that nothing is taken: a file then waits for its own blocks, or deflates in its own
 * thread.
 */
final class Deflation {
  /** One that is deflated, and one that is next. */
  private static final int BLOCKS_PER_THREAD = 2;

  /** Bytes that may wait for their files: some hundred blocks of log lines. */
  private static final long UNWRITTEN = 8 << 20;

  private final String name;
  private final int threads;
  private final Supplier<Deflater> deflater;
  private final Semaphore slots;
  private final AtomicLong unwritten = new AtomicLong();
  private final Spares<byte[]> buffers;
  private final Spares<BlockDeflater> deflaters;
  private int files;
  private @Nullable ExecutorService workers;

  /**
   * Takes no resources.
   *
   * @param name what the names of threads begin with
   * @param threads how many; with one, it is the calling thread that deflates
   * @param deflater makes one for raw data
   */
  Deflation(String name, int threads, Supplier<Deflater> deflater) {
    this.name = name;
    this.threads = threads;
    this.deflater = deflater;
    this.slots = new Semaphore(threads == 1 ? 0 : BLOCKS_PER_THREAD * threads);
    this.buffers = new Spares<>(BLOCKS_PER_THREAD * threads, buffer -> {});
    this.deflaters = new Spares<>(threads + 1, BlockDeflater::end);
  }

  /** A file is open; {@link #leave} belongs to it. */
  synchronized void join() {
    files++;
  }

  /** A file is closed, and none of its blocks is under way. With the last one, all ends. */
  synchronized void leave() {
    files--;
    if (files == 0) {
      if (workers != null) {
        workers.shutdown();
        workers = null;
      }
      deflaters.clear();
      buffers.clear();
    }
  }

  /**
   * Has a block deflated that isn't its member's last. What becomes of it must be {@link #written}.
   *
   * @return null if there are too many already, and the block stays the caller's
   */
  @Nullable Future<byte[]> submit(Block block) {
    if (unwritten.get() >= UNWRITTEN || !slots.tryAcquire()) {
      return null;
    }
    boolean submitted = false;
    try {
      Future<byte[]> deflated = workers().submit(() -> work(block));
      submitted = true;
      return deflated;
    } finally {
      if (!submitted) {
        slots.release();
      }
    }
  }

  private byte[] work(Block block) {
    try {
      byte[] deflated = deflate(block, false);
      unwritten.addAndGet(deflated.length);
      recycle(block);
      return deflated;
    } finally {
      slots.release();
    }
  }

  /** What a thread deflated is with its file. */
  void written(byte[] deflated) {
    unwritten.addAndGet(-deflated.length);
  }

  /**
   * Deflates a block in the calling thread.
   *
   * @param last whether it ends its member
   */
  byte[] deflate(Block block, boolean last) {
    BlockDeflater spare = deflaters.take();
    BlockDeflater used = spare == null ? new BlockDeflater(deflater.get()) : spare;
    try {
      return used.deflate(block, last);
    } finally {
      deflaters.add(used);
    }
  }

  /** A buffer for a full block. */
  byte[] buffer() {
    byte[] spare = buffers.take();
    return spare == null ? new byte[Block.CAPACITY] : spare;
  }

  /** Takes a block's buffer back; nobody uses the block any more. */
  void recycle(Block block) {
    byte[] buffer = block.buffer();
    if (buffer.length == Block.CAPACITY) {
      buffers.add(buffer);
    }
  }

  private synchronized ExecutorService workers() {
    ExecutorService current = workers;
    if (current == null) {
      AtomicInteger number = new AtomicInteger();
      current =
          Executors.newFixedThreadPool(
              threads,
              task -> {
                Thread thread = new Thread(task, name + "-gzip-" + number.incrementAndGet());
                thread.setDaemon(true);
                return thread;
              });
      workers = current;
    }
    return current;
  }
}
