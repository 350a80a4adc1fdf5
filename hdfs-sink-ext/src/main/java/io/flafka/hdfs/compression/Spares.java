package io.flafka.hdfs.compression;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Things that are used again, up to a number of them. For several threads.
 *
 * @param <T> what they are
 */
final class Spares<T> {
  private final int limit;
  private final Consumer<? super T> disposal;
  private final Deque<T> spares = new ArrayDeque<>();

  /**
   * Has none yet.
   *
   * @param disposal is done to those that are too many
   */
  Spares(int limit, Consumer<? super T> disposal) {
    this.limit = limit;
    this.disposal = disposal;
  }

  /** Takes one; null if there is none. */
  synchronized @Nullable T take() {
    return spares.pollLast();
  }

  synchronized void add(T spare) {
    if (spares.size() < limit) {
      spares.addLast(spare);
    } else {
      disposal.accept(spare);
    }
  }

  synchronized void clear() {
    spares.forEach(disposal);
    spares.clear();
  }
}
