package io.flafka.spooldir;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trackers of all files that are begun and not retired, one small file each, named after the
 * stream. Whatever {@link #store} has returned from survives a crash and a power failure.
 *
 * <p>For one thread, under the protection of a {@link io.flafka.lock.FolderLock}.
 */
final class TrackerDirectory {
  private static final Logger log = LoggerFactory.getLogger(TrackerDirectory.class);
  private static final String EXTENSION = ".tracker";

  private final Path directory;
  private final TrackerFormat format;
  private final Map<Path, Tracker> trackers = new HashMap<>();

  private TrackerDirectory(Path directory, TrackerFormat format) {
    this.directory = directory;
    this.format = format;
  }

  /**
   * Loads the trackers whose files are still there, and deletes the others: a tracker never applies
   * to a file other than the one that it was made for.
   *
   * @throws SpoolUnavailableException if one can't be understood
   */
  static TrackerDirectory open(Path directory, TrackerFormat format)
      throws SpoolUnavailableException {
    TrackerDirectory opened = new TrackerDirectory(directory, format);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        opened.load(file);
      }
    } catch (IOException e) {
      throw new SpoolUnavailableException(
          "the trackers in " + directory + " can't be read (" + e + "): check trackerDir", e);
    }
    return opened;
  }

  private void load(Path file) throws IOException, SpoolUnavailableException {
    String name = file.getFileName().toString();
    if (name.endsWith(Durable.UNFINISHED)) {
      Files.delete(file);
    } else if (name.endsWith(EXTENSION)) {
      Tracker tracker = decode(file);
      if (stillMatches(tracker)) {
        trackers.put(tracker.file(), tracker);
      } else {
        Files.delete(file);
      }
    }
  }

  private Tracker decode(Path file) throws IOException, SpoolUnavailableException {
    try {
      return format.decode(Files.readAllBytes(file));
    } catch (IllegalArgumentException e) {
      throw new SpoolUnavailableException(
          "the tracker "
              + file
              + " can't be understood: "
              + e.getMessage()
              + ". It says how far one file in the spooling directory was delivered. Run the"
              + " version that wrote it, or delete it: that file is then delivered again from its"
              + " beginning",
          e);
    }
  }

  private static boolean stillMatches(Tracker tracker) {
    try {
      if (FileState.of(tracker.file()).identity().equals(tracker.identity())) {
        return true;
      }
      log.warn(
          "{} is not the file any more of which {} bytes were delivered: it is read from its"
              + " beginning, as a new one",
          tracker.file(),
          tracker.offset());
      return false;
    } catch (NoSuchFileException retired) {
      return false;
    } catch (IOException e) {
      log.error(
          "{} can't be looked at ({}). Its first {} bytes were delivered; the rest is, once that is"
              + " put right",
          tracker.file(),
          e.toString(),
          tracker.offset());
      return true;
    }
  }

  /** The tracker of an instance of a file: the stored one if there is any, else a new one. */
  Tracker of(Path file, FileIdentity identity) {
    Tracker tracker = trackers.get(file);
    return tracker != null && tracker.identity().equals(identity)
        ? tracker
        : Tracker.first(file, identity);
  }

  /** Stores a tracker, durably, in place of an earlier one for the same path. */
  void store(Tracker tracker) throws SpoolUnavailableException {
    try {
      Durable.replace(pathOf(tracker), format.encode(tracker));
      Tracker former = trackers.put(tracker.file(), tracker);
      if (former != null && !former.stream().equals(tracker.stream())) {
        Files.deleteIfExists(pathOf(former));
      }
    } catch (IOException e) {
      throw new SpoolUnavailableException(
          "the position of "
              + tracker.file()
              + " can't be stored in "
              + directory
              + " ("
              + e
              + "): check trackerDir and the space on its disk. What was delivered since the"
              + " position was last stored may be delivered again",
          e);
    }
  }

  /**
   * Drops the tracker of a file that needs none any more. Not durable: one that comes back after a
   * power failure finds no file of its identity.
   */
  void drop(Tracker tracker) throws SpoolUnavailableException {
    trackers.remove(tracker.file());
    try {
      Files.deleteIfExists(pathOf(tracker));
    } catch (IOException e) {
      throw new SpoolUnavailableException(
          "a tracker that is done with can't be deleted in " + directory + " (" + e + ")", e);
    }
  }

  private Path pathOf(Tracker tracker) {
    return directory.resolve(tracker.stream() + EXTENSION);
  }
}
