package io.flafka.spooldir;

import io.flafka.lock.FolderLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final String HOME = ".flafka";
  private static final String STOCK_TRACKER = ".flumespool-main.meta";

  private final SpoolDirConfig config;
  private final FolderLock lock;
  private final TrackerDirectory trackers;
  private final SpoolListing listing;

  private Spool(SpoolDirConfig config, FolderLock lock, TrackerDirectory trackers) {
    this.config = config;
    this.lock = lock;
    this.trackers = trackers;
    this.listing = new SpoolListing(config);
  }

  /**
   * Opens a spooling directory.
   *
   * @throws SpoolUnavailableException if that can't be; nothing stays behind
   */
  static Spool open(SpoolDirConfig config) throws SpoolUnavailableException {
    requireUsable(config);
    Path home = home(config);
    FolderLock lock = lock(home);
    try {
      TrackerDirectory trackers = TrackerDirectory.open(home, new TrackerFormat(config.spoolDir()));
      return new Spool(config, lock, trackers);
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
    Path spoolDir = config.spoolDir();
    if (!Files.isDirectory(spoolDir)) {
      throw new SpoolUnavailableException(
          "spoolDir = "
              + spoolDir
              + (Files.exists(spoolDir) ? " is not a directory" : " does not exist")
              + ": create it, or change the key",
          null);
    }
    if (config.retirement().changesSpoolDir() && !Files.isWritable(spoolDir)) {
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

  /** Says, once, that where stock Flume stopped reading is not taken over. */
  void warnOfStockTracker() {
    Path stock = config.trackerDir().resolve(STOCK_TRACKER);
    try {
      if (Files.exists(stock) && Files.size(stock) > 0) {
        log.warn(
            "{} is stock Flume's note of a file that it had read in part. This version does not"
                + " take it over: that file is delivered again from its beginning. Delete the note"
                + " to end this warning",
            stock);
      }
    } catch (IOException e) {
      log.warn("{}, stock Flume's note of its position, can't be read ({})", stock, e.toString());
    }
  }

  List<SpoolFile> list() throws SpoolUnavailableException {
    return listing.list();
  }

  TrackerDirectory trackers() {
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
