package io.flafka.spooldir;

import io.flafka.spooldir.disk.FileHead;
import io.flafka.spooldir.disk.FileState;
import io.flafka.spooldir.disk.SpoolUnavailableException;
import io.flafka.spooldir.find.SpoolFile;
import io.flafka.spooldir.read.MalformedFileException;
import io.flafka.spooldir.track.StockTracker;
import io.flafka.spooldir.track.Tracker;
import io.flafka.spooldir.track.TrackerBook;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on where stock Flume stopped, once: makes a tracker of its note, and puts that away.
 *
 * <p>A note that says nothing of any file that is there leaves all to be read from the beginning,
 * as stock does then.
 */
record Takeover(SpoolDirConfig config, TrackerBook trackers) {
  private static final Logger log = LoggerFactory.getLogger(Takeover.class);

  /**
   * Looks for a note and takes it over.
   *
   * @throws SpoolUnavailableException if there is one that can't be read
   */
  void run() throws SpoolUnavailableException {
    try {
      Optional<StockTracker> stock = StockTracker.find(config.trackerDir());
      if (stock.isPresent()) {
        takeOver(stock.get());
        trackers.store();
        StockTracker.putAway(config.trackerDir());
      }
    } catch (IOException e) {
      throw new SpoolUnavailableException(
          "stock Flume's note of the file that it was reading, in trackerDir = "
              + config.trackerDir()
              + ", can't be taken over ("
              + e
              + "). Delete .flumespool-main.meta there: that file is then delivered again from its"
              + " beginning",
          e);
    }
  }

  private void takeOver(StockTracker stock) throws IOException {
    try {
      Optional<Path> file = inSpoolDir(stock.file());
      if (file.isEmpty()) {
        log.info(
            "stock Flume was reading {}, which is not in {}: nothing is to be taken over",
            stock.file(),
            config.search().spoolDir());
      } else if (trackers.of(file.get()) == null) {
        takeOver(file.get(), stock.offset());
      }
    } catch (NoSuchFileException e) {
      log.info("stock Flume was reading {}, which is not there any more", stock.file());
    }
  }

  /**
   * The name under which a file is found here. Stock's configuration may spell it in another way.
   */
  private Optional<Path> inSpoolDir(Path file) throws IOException {
    Path spoolDir = config.search().spoolDir();
    Path real = spoolDir.toRealPath();
    // A link in the spooling directory is a file of its own.
    Path directory = file.resolveSibling("").toRealPath();
    return directory.startsWith(real)
        ? Optional.of(spoolDir.resolve(real.relativize(directory)).resolve(file.getFileName()))
        : Optional.empty();
  }

  private void takeOver(Path file, long stockBytes) throws IOException {
    FileState state = FileState.of(file);
    if (config.retirement().contains(new SpoolFile(file, state))) {
      return;
    }
    long size = state.identity().size();
    if (stockBytes > size) {
      log.warn(
          "{} has {} bytes, and stock Flume has delivered {} of the file that had this name: this"
              + " is another one, and is read from its beginning",
          file,
          size,
          stockBytes);
      return;
    }
    Tracker first =
        Tracker.first(file, state.identity(), FileHead.of(file), config.format().name(file));
    try {
      Tracker reached = first.at(config.format().offsetAt(file, stockBytes));
      trackers.put(reached);
      log.info(
          "{} goes on where stock Flume stopped reading it, at byte {}: {} were delivered",
          file,
          stockBytes,
          reached.delivered());
    } catch (MalformedFileException e) {
      log.warn(
          "where stock Flume stopped reading {} can't be found out ({}): it is read from its"
              + " beginning",
          file,
          e.getMessage());
    }
  }
}
