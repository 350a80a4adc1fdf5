package io.flafka.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Files that come into a spooling directory as those before them come out at the other end. All at
 * once, a source that is faster than its sink would have done its work before measuring begins, and
 * the sink would have the machine to itself.
 */
final class Feed {
  private final Path folder;
  private final Deque<Weblogs.Weblog> waiting;
  private final long most;
  private long fed;

  /**
   * Feeds as much as may be under way.
   *
   * @param most so many lines, rounded up to a file
   */
  Feed(Weblogs input, Path folder, long most) {
    this.folder = folder;
    this.waiting = new ArrayDeque<>(input.files());
    this.most = most;
    arrived(0);
  }

  /** So many lines have arrived by now. */
  void arrived(long lines) {
    while (!waiting.isEmpty() && fed - lines < most) {
      Weblogs.Weblog next = waiting.remove();
      try {
        next.linkInto(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      fed += next.tally().lines();
    }
  }
}
