package io.flafka.spooldir.track;

import io.flafka.spooldir.disk.Durable;
import io.flafka.spooldir.disk.SpoolUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The trackers of all files that are begun and not retired, in one file, {@code trackers}.
 *
 * <p>Changes are made in memory. Whatever was changed before {@link #store} was called survives a
 * crash and a power failure once it has returned; several threads that store at the same time share
 * one write.
 *
 * <p>For any thread, under the protection of a {@link io.flafka.lock.FolderLock}.
 */
public final class TrackerBook {
  private static final String NAME = "trackers";

  private final Path file;
  private final TrackerFormat format;
  private final Map<Path, TrackerFormat.Entry> entries = new HashMap<>();
  private final Object writing = new Object();
  private long changes;
  private long stored;

  private TrackerBook(Path file, TrackerFormat format) {
    this.file = file;
    this.format = format;
  }

  /**
   * Opens the book in a directory. One that isn't there is empty.
   *
   * @throws SpoolUnavailableException if it can't be read or understood
   */
  public static TrackerBook open(Path directory, Path spoolDir) throws SpoolUnavailableException {
    TrackerBook book = new TrackerBook(directory.resolve(NAME), new TrackerFormat(spoolDir));
    for (Tracker tracker : book.load()) {
      book.add(tracker);
    }
    return book;
  }

  private List<Tracker> load() throws SpoolUnavailableException {
    try {
      return format.decode(Files.readAllBytes(file));
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException e) {
      throw new SpoolUnavailableException(
          "the trackers in " + file + " can't be read (" + e + "): check trackerDir", e);
    } catch (IllegalArgumentException e) {
      throw new SpoolUnavailableException(
          "the trackers in "
              + file
              + " can't be understood: "
              + e.getMessage()
              + ". They say how far the files in the spooling directory were delivered. Run the"
              + " version that wrote them, or delete them: files that were read in part are then"
              + " delivered again from their beginnings",
          e);
    }
  }

  /** The tracker of the file that lay under a path when it was begun. */
  public synchronized @Nullable Tracker of(Path path) {
    TrackerFormat.Entry entry = entries.get(path);
    return entry == null ? null : entry.tracker();
  }

  /** All trackers. */
  public synchronized Collection<Tracker> all() {
    return entries.values().stream()
        .map(TrackerFormat.Entry::tracker)
        .collect(Collectors.toUnmodifiableList());
  }

  /** Adds a tracker, or puts it in the place of the one for the same path. */
  public synchronized void put(Tracker tracker) {
    add(tracker);
    changes++;
  }

  private void add(Tracker tracker) {
    TrackerFormat.Entry former = entries.get(tracker.file());
    String name = former == null ? format.name(tracker.file()) : former.name();
    entries.put(tracker.file(), new TrackerFormat.Entry(name, tracker));
  }

  /** Removes the tracker of a file that needs none any more. */
  public synchronized void remove(Tracker tracker) {
    if (entries.remove(tracker.file()) != null) {
      changes++;
    }
  }

  /**
   * Makes all changes so far last.
   *
   * @throws SpoolUnavailableException if that can't be; the file then holds what it held before
   */
  public void store() throws SpoolUnavailableException {
    long wanted;
    synchronized (this) {
      wanted = changes;
    }
    synchronized (writing) {
      if (stored < wanted) {
        write();
      }
    }
  }

  private void write() throws SpoolUnavailableException {
    List<TrackerFormat.Entry> all;
    long made;
    synchronized (this) {
      all = List.copyOf(entries.values());
      made = changes;
    }
    try {
      Durable.replace(file, format.encode(all));
      stored = made;
    } catch (IOException e) {
      throw new SpoolUnavailableException(
          "the positions of the files that are being read can't be stored in "
              + file
              + " ("
              + e
              + "): check trackerDir and the space on its disk",
          e);
    }
  }
}
