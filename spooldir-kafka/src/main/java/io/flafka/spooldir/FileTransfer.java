package io.flafka.spooldir;

import io.flafka.spooldir.read.EventReader;
import io.flafka.spooldir.read.FileEvent;
import io.flafka.spooldir.read.InputFormat;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings files into the channels, each from where it was left to its end, and retires them.
 *
 * <p>A file's stream id is stored durably before its first event is handed out. Its position is
 * stored after a batch was accepted, but not more often than every 100 ms, since that takes two
 * forced writes to the disk; and when reading ends early: at a stop, or at an error. So a {@code
 * kill -9} repeats what was accepted in the 100 ms before it (in the time since the last batch, if
 * one took longer), a power failure no more than that, and a stop repeats nothing. The retirement
 * of a file is itself the record of its end; only where it fails is the end stored in the tracker.
 *
 * <p>For one thread.
 */
final class FileTransfer {
  private static final Logger log = LoggerFactory.getLogger(FileTransfer.class);
  private static final long STORE_INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

  /** Bytes of lines after which a batch ends, however few they are: a batch is held in memory. */
  private static final long LARGEST_BATCH = 4L << 20;

  private final SpoolDirConfig config;
  private final Delivery delivery;
  private final StopSignal stop;
  private final InputFormat format;
  private final LongSupplier nanos;

  /**
   * Makes what transfers any number of files.
   *
   * @param nanos a clock that only goes forward
   */
  FileTransfer(
      SpoolDirConfig config,
      Delivery delivery,
      StopSignal stop,
      InputFormat format,
      LongSupplier nanos) {
    this.config = config;
    this.delivery = delivery;
    this.stop = stop;
    this.format = format;
    this.nanos = nanos;
  }

  /**
   * Transfers one file. It is left early, with its position stored, when a stop is asked for. A
   * file that is not there is passed over.
   *
   * @throws UnfitFileException if this file can't be transferred
   * @throws SpoolUnavailableException if no file can, because positions can't be stored
   */
  void transfer(Path file, TrackerDirectory trackers)
      throws UnfitFileException, SpoolUnavailableException {
    Tracker tracker;
    try {
      tracker = trackers.of(file, FileState.of(file).identity());
    } catch (NoSuchFileException gone) {
      return;
    } catch (IOException e) {
      throw new UnfitFileException(file + " can't be looked at (" + e + ")", e);
    }
    Tracker reached = tracker.finished() ? tracker : read(tracker, trackers);
    if (reached.finished()) {
      requireUnchanged(reached, trackers);
      retire(reached, trackers);
    }
  }

  private Tracker read(Tracker start, TrackerDirectory trackers)
      throws UnfitFileException, SpoolUnavailableException {
    trackers.store(start);
    try (EventReader events = format.open(config.input(start), () -> {})) {
      return deliver(events, start, trackers);
    } catch (IOException e) {
      throw unreadable(start, e);
    }
  }

  private Tracker deliver(EventReader events, Tracker start, TrackerDirectory trackers)
      throws UnfitFileException, SpoolUnavailableException {
    Tracker reached = start;
    long began = nanos.getAsLong();
    long stored = began;
    try {
      while (!stop.isRaised()) {
        List<FileEvent> batch = next(events);
        if (batch.isEmpty()) {
          logDelivered(events, start, nanos.getAsLong() - began);
          return reached.finish();
        }
        if (!delivery.deliver(batch)) {
          break;
        }
        reached = start.at(events.offset());
        if (nanos.getAsLong() - stored >= STORE_INTERVAL) {
          trackers.store(reached);
          stored = nanos.getAsLong();
        }
      }
      trackers.store(reached);
      return reached;
    } catch (IOException e) {
      trackers.store(reached);
      throw unreadable(reached, e);
    }
  }

  /** The next events, of 4 MiB and a line at most; none at the end of the file. */
  private List<FileEvent> next(EventReader events) throws IOException {
    List<FileEvent> batch = new ArrayList<>(Math.min(config.batchSize(), 1000));
    long end = events.offset() + LARGEST_BATCH;
    while (batch.size() < config.batchSize() && events.offset() < end) {
      FileEvent event = events.next();
      if (event == null) {
        break;
      }
      batch.add(event);
    }
    return batch;
  }

  /** Any difference since before the first byte was read means that a writer was not done. */
  private void requireUnchanged(Tracker reached, TrackerDirectory trackers)
      throws UnfitFileException, SpoolUnavailableException {
    Path file = reached.file();
    try {
      FileIdentity now = FileState.of(file).identity();
      if (now.equals(reached.identity()) && reached.offset() == now.size()) {
        return;
      }
      trackers.drop(reached);
      throw new UnfitFileException(
          "%s changed while it was read (from %s to %s). Its bytes [0, %d) were delivered, as they were"
                  .formatted(file, reached.identity(), now, reached.offset())
              + " then. It is left where it is; if it changes once more and then rests, it is"
              + " delivered from its beginning, as a new file. Move files into the spooling"
              + " directory only when nobody writes to them any more",
          null);
    } catch (IOException e) {
      // If it comes back as it was, for example with its whole directory, it is known.
      trackers.store(reached);
      throw new UnfitFileException(
          "%s was taken away while it was read (%s). Its bytes [0, %d) were delivered"
              .formatted(file, e, reached.offset()),
          e);
    }
  }

  private void retire(Tracker reached, TrackerDirectory trackers)
      throws UnfitFileException, SpoolUnavailableException {
    try {
      config.retirement().retire(reached.file());
    } catch (IOException | InvalidPathException e) {
      trackers.store(reached);
      throw new UnfitFileException(
          "%s was delivered, all its %d bytes, but can't be retired (%s). It is left where it is and"
                  .formatted(reached.file(), reached.offset(), e)
              + " not delivered again. Check its name's length and its permissions; a change of"
              + " those, or a restart, gives it another try",
          e);
    }
    trackers.drop(reached);
  }

  private static UnfitFileException unreadable(Tracker reached, IOException e) {
    return new UnfitFileException(
        "%s can't be read (%s). Its bytes [0, %d) of %d were delivered. It is left where it is; once it"
                .formatted(reached.file(), e, reached.offset(), reached.identity().size())
            + " is made readable (a change of permissions or content, or a restart, gives it"
            + " another try), the rest is delivered",
        e);
  }

  private static void logDelivered(EventReader events, Tracker start, long nanos) {
    log.info(
        "delivered {} [{}, {}), {} ms",
        start.file(),
        start.offset(),
        events.offset(),
        TimeUnit.NANOSECONDS.toMillis(nanos));
  }
}
