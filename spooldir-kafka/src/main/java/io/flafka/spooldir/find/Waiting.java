package io.flafka.spooldir.find;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The files that wait, in the order in which they are to be read. It holds so many at most; of more
 * it drops the last, and knows that it did. For one thread.
 */
final class Waiting {
  private final int most;
  private final TreeSet<SpoolFile> sorted;
  private final Map<Path, SpoolFile> byPath = new HashMap<>();
  private boolean complete = true;

  Waiting(ConsumeOrder order, int most) {
    this.most = most;
    this.sorted = new TreeSet<>(order.comparator());
  }

  /** Adds a file, or puts it in the place of the one under the same path. */
  void add(SpoolFile file) {
    SpoolFile former = byPath.put(file.path(), file);
    if (former != null) {
      sorted.remove(former);
    }
    sorted.add(file);
    if (sorted.size() > most) {
      byPath.remove(sorted.pollLast().path());
      complete = false;
    }
  }

  /** The next file; null if there is none. */
  @Nullable SpoolFile poll() {
    SpoolFile next = sorted.pollFirst();
    if (next != null) {
      byPath.remove(next.path());
    }
    return next;
  }

  int size() {
    return sorted.size();
  }

  /** Whether every file that was added since {@link #expectAll} is or was here. */
  boolean isComplete() {
    return complete;
  }

  /** Says that all files are about to be added. */
  void expectAll() {
    complete = true;
  }
}
