package io.flafka.spooldir;

import io.flafka.lock.FolderLock;
import io.flafka.spooldir.disk.Durable;
import io.flafka.spooldir.disk.SpoolUnavailableException;
import io.flafka.spooldir.track.Tracker;
import io.flafka.spooldir.track.TrackerBook;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A spooling directory that is open for reading: it was found usable, nobody else reads it, and its
 * trackers are loaded.
 *
 * <p>What it keeps on disk is in {@code <trackerDir>/.flafka}: the lock and the trackers.
 */
final class Spool implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(Spool.class);

  /** Below the trackers' directory. */
  static final String HOME = ".flafka";

  private final SpoolDirConfig config;
  private final FolderLock lock;
  private final TrackerBook trackers;

  private Spool(SpoolDirConfig config, FolderLock lock, TrackerBook trackers) {
    this.config = config;
    this.lock = lock;
    this.trackers = trackers;
  }

  /**
   * Opens a spooling directory.
   *
   * @param remembered trackers that may not have been stored when it was last closed
   * @throws SpoolUnavailableException if that can't be; nothing stays behind
   */
  static Spool open(SpoolDirConfig config, Collection<Tracker> remembered)
      throws SpoolUnavailableException {
    requireUsable(config);
    Path home = home(config);
    FolderLock lock = lock(home);
    try {
      TrackerBook trackers = TrackerBook.open(home, config.search().spoolDir());
      Spool spool = new Spool(config, lock, trackers);
      remembered.forEach(spool::remember);
      new Takeover(config, trackers).run();
      trackers.store();
      return spool;
    } catch (SpoolUnavailableException | RuntimeException | Error e) {
      release(lock);
      throw e;
    }
  }

  private static Path home(SpoolDirConfig config) throws SpoolUnavailableException {
    Path home = config.trackerDir().resolve(HOME);
    try {
      Durable.directories(home);
      return home;
    } catch (IOException e) {
      throw new SpoolUnavailableException(
          "trackerDir = " + config.trackerDir() + " can't be created (" + e + ")", e);
    }
  }

  private static FolderLock lock(Path home) throws SpoolUnavailableException {
    try {
      return FolderLock.take(home);
    } catch (FolderLock.HeldException e) {
      throw new SpoolUnavailableException(
          "the spooling directory is in use by "
              + e.owner()
              + ", which holds the lock in "
              + home
              + ": stop that one, or give this source another spoolDir and trackerDir",
          e);
    } catch (IOException e) {
      throw new SpoolUnavailableException(
          "the lock in " + home + " can't be taken (" + e + "): check trackerDir", e);
    }
  }

  private static void requireUsable(SpoolDirConfig config) throws SpoolUnavailableException {
    Path spoolDir = config.search().spoolDir();
    if (!Files.isDirectory(spoolDir)) {
      throw new SpoolUnavailableException(
          "spoolDir = "
              + spoolDir
              + (Files.exists(spoolDir) ? " is not a directory" : " does not exist")
              + ": create it, or change the key",
          null);
    }
    try {
      Durable.force(spoolDir);
    } catch (IOException e) {
      // For lack of permissions, or of file descriptors: no file could be opened either.
      throw new SpoolUnavailableException(
          "spoolDir = " + spoolDir + " can't be opened (" + e + ")", e);
    }
    if (!config.retirement().leavesFiles() && !Files.isWritable(spoolDir)) {
      throw new SpoolUnavailableException(
          "spoolDir = "
              + spoolDir
              + " is not writable, so finished files can't be renamed or deleted: let "
              + System.getProperty("user.name")
              + " write to it, or set trackingPolicy = tracker_dir and a trackerDir elsewhere",
          null);
    }
  }

  /** Throws if the directory is not what it was when it was opened. */
  void requireUsable() throws SpoolUnavailableException {
    requireUsable(config);
  }

  private void remember(Tracker tracker) {
    Tracker stored = trackers.of(tracker.file());
    boolean farther =
        stored == null
            || (stored.stream().equals(tracker.stream())
                && (tracker.offset() > stored.offset() || tracker.finished()));
    if (farther) {
      trackers.put(tracker);
    }
  }

  /** The files that were read in part. */
  List<Path> begun() {
    List<Path> files = new ArrayList<>();
    for (Tracker tracker : trackers.all()) {
      files.add(tracker.file());
    }
    return files;
  }

  TrackerBook trackers() {
    return trackers;
  }

  @Override
  public void close() {
    release(lock);
  }

  private static void release(FolderLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      log.warn("the lock of a spooling directory could not be released ({})", e.toString());
    }
  }
}
