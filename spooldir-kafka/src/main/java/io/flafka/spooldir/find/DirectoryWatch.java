package io.flafka.spooldir.find;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears from the operating system what is new in directories. It may miss things: where too much
 * happens at once, where the system has no more watches to give, and what another host does on a
 * network file system. So somebody must look from time to time.
 *
 * <p>For one thread, but {@link #await} for any.
 */
final class DirectoryWatch implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(DirectoryWatch.class);

  /** What was waited for, and not heard yet. */
  private final Queue<WatchKey> signalled = new ConcurrentLinkedQueue<>();

  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable WatchService service;

  DirectoryWatch(Path spoolDir) {
    try {
      service = spoolDir.getFileSystem().newWatchService();
    } catch (IOException | UnsupportedOperationException e) {
      giveUp(spoolDir, e);
    }
  }

  private void giveUp(Path directory, Exception e) {
    log.warn(
        "{} can't be watched ({}), so new files are found by listing it, every pollDelay at the"
            + " soonest",
        directory,
        e.toString());
    closeService();
  }

  /** Watches a directory, too. One that is watched already is watched once. */
  void add(Path directory) {
    WatchService open = service;
    if (open == null) {
      return;
    }
    try {
      directory.register(open, ENTRY_CREATE);
    } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException e) {
      // It has vanished, or can't be listed either, which is reported there. The others are
      // watched.
    } catch (IOException e) {
      giveUp(directory, e);
    }
  }

  /**
   * Hands over the paths that are new since the last call.
   *
   * @return whether that is all; false if something was missed
   */
  boolean hear(Consumer<Path> listener) {
    boolean all = true;
    WatchKey key;
    while ((key = next()) != null) {
      for (WatchEvent<?> event : key.pollEvents()) {
        if (event.kind() == OVERFLOW || !(event.context() instanceof Path name)) {
          all = false;
        } else {
          listener.accept(((Path) key.watchable()).resolve(name));
        }
      }
      all &= key.reset();
    }
    return all;
  }

  private @Nullable WatchKey next() {
    WatchKey key = signalled.poll();
    WatchService open = service;
    return key == null && open != null ? open.poll() : key;
  }

  /**
   * Waits until there is something to hear, or it is closed; for so long at most, and if it can't
   * hear, for so long.
   */
  void await(Duration most) throws InterruptedException {
    WatchService open = service;
    if (open == null) {
      closed.await(most.toNanos(), TimeUnit.NANOSECONDS);
      return;
    }
    try {
      WatchKey key = open.poll(most.toNanos(), TimeUnit.NANOSECONDS);
      if (key != null) {
        signalled.add(key);
      }
    } catch (ClosedWatchServiceException e) {
      // By close, or for good: whoever comes back finds out which.
    }
  }

  @Override
  public void close() {
    closed.countDown();
    closeService();
  }

  private void closeService() {
    WatchService open = service;
    service = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        log.warn("a watch on a directory could not be closed ({})", e.toString());
      }
    }
  }
}
