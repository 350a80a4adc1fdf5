package io.flafka.testbed.command;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a command started and made, to be stopped and deleted in the opposite order.
 *
 * <p>For any thread: the JVM's shutdown clears it while the command may still add.
 */
final class Leftovers {
  private final Deque<AutoCloseable> all = new ArrayDeque<>();

  synchronized <T extends AutoCloseable> T add(T part) {
    all.push(part);
    return part;
  }

  synchronized Path add(Path folder) {
    all.push(() -> Folders.delete(folder));
    return folder;
  }

  /** Leaves all where it is. */
  synchronized void keep() {
    all.clear();
  }

  synchronized void clear() {
    while (!all.isEmpty()) {
      try {
        all.pop().close();
      } catch (Exception e) {
        System.err.println("Can't clean up: " + e);
      }
    }
  }
}
