package io.flafka.spooldir.find;

import io.flafka.spooldir.disk.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The files that were given up and could not be moved away, each until it changes or some time has
 * passed: a minute, then two, up to an hour, since it need not be the file's fault. A change must
 * have come to rest, that is, outlast one look: a file that somebody keeps appending to is not read
 * again and again.
 *
 * <p>It is in memory only; a restart gives every file another try. For one thread.
 */
final class SetAside {
  private static final long SHORTEST = TimeUnit.MINUTES.toNanos(1);
  private static final long LONGEST = TimeUnit.HOURS.toNanos(1);

  private final LongSupplier nanos;
  private final Map<Path, Entry> entries = new HashMap<>();

  /**
   * @param givenUp the state in which the file was given up
   * @param last the state at the last look
   * @param since when it was given up, or admitted although it is the same
   * @param pause how long it stays so
   */
  private record Entry(FileState givenUp, FileState last, long since, long pause) {}

  /**
   * Sets nothing aside yet.
   *
   * @param nanos a clock that only goes forward
   */
  SetAside(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Gives a file up in the state that it is in now. */
  void add(Path file) {
    try {
      FileState state = FileState.of(file);
      Entry former = entries.get(file);
      long pause = former == null ? SHORTEST : Math.min(2 * former.pause(), LONGEST);
      entries.put(file, new Entry(state, state, nanos.getAsLong(), pause));
    } catch (IOException e) {
      // Gone, or out of reach: when it is found again, it is found changed.
      entries.remove(file);
    }
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Forgets the files that are not there any more. */
  void prune() {
    entries.keySet().removeIf(Files::notExists);
  }

  /** Whether a file that was found is worth reading. */
  boolean admits(SpoolFile file) {
    Entry entry = entries.get(file.path());
    if (entry == null) {
      return true;
    }
    FileState state = file.state();
    if (!state.equals(entry.givenUp()) && state.equals(entry.last())) {
      entries.remove(file.path());
      return true;
    }
    long now = nanos.getAsLong();
    boolean waited = now - entry.since() >= entry.pause();
    long since = waited ? now : entry.since();
    entries.put(file.path(), new Entry(entry.givenUp(), state, since, entry.pause()));
    return waited;
  }
}
