package io.flafka.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Drops files of all sizes into the carriers' spooling directories until it is closed, some under
 * names that were used before, and as few as one carrier or the other can't keep up with.
 */
final class Feed implements AutoCloseable {
  private static final int MOST_WAITING = 5;
  private static final long LOOK = 50_000_000;

  private final List<Carrier> carriers;
  private final LineBook book;
  private final SplittableRandom random;
  private final int rate;
  private final Thread thread = new Thread(this::run, "feed");
  private volatile boolean closed;
  private volatile @Nullable IOException failure;

  /**
   * Begins.
   *
   * @param rate lines a second, over all
   */
  Feed(List<Carrier> carriers, LineBook book, SplittableRandom random, int rate) {
    this.carriers = carriers;
    this.book = book;
    this.random = random;
    this.rate = rate;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      long due = System.nanoTime();
      while (!closed) {
        Carrier carrier = carriers.get(random.nextInt(carriers.size()));
        int lines = drop(carrier);
        due = Math.max(due + lines * 1_000_000_000L / rate, System.nanoTime() - LOOK);
        while (!closed && System.nanoTime() < due) {
          LockSupport.parkNanos(Math.min(LOOK, due - System.nanoTime()));
        }
        if (lines == 0) {
          LockSupport.parkNanos(LOOK);
        }
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  /** Returns how many lines it were. */
  private int drop(Carrier carrier) throws IOException {
    carrier.deleteRenamed();
    Path file = carrier.spool().resolve("access-" + random.nextInt(8) + ".log");
    int lines = lines();
    if (carrier.waiting() >= MOST_WAITING || Files.exists(file)) {
      return 0;
    }
    Path unfinished = carrier.disk().resolve("unfinished");
    try {
      book.write(unfinished, lines);
    } catch (IOException e) {
      if (!SmallDisk.isFull(carrier.disk())) {
        throw e;
      }
      Files.delete(unfinished);
      return 0;
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    return lines;
  }

  private int lines() {
    return switch (random.nextInt(8)) {
      case 0 -> 1;
      case 1, 2 -> 1 + random.nextInt(100);
      case 3 -> 20_000 + random.nextInt(60_000);
      default -> 100 + random.nextInt(10_000);
    };
  }

  /** Ends it, and throws what went wrong. */
  @Override
  public void close() throws IOException {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    IOException known = failure;
    if (known != null) {
      throw known;
    }
  }
}
