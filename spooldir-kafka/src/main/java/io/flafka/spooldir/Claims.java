package io.flafka.spooldir;

import io.flafka.spooldir.disk.FileHead;
import io.flafka.spooldir.disk.FileIdentity;
import io.flafka.spooldir.disk.FileState;
import io.flafka.spooldir.disk.SpoolUnavailableException;
import io.flafka.spooldir.find.Discovery;
import io.flafka.spooldir.find.SpoolFile;
import io.flafka.spooldir.track.Tracker;
import io.flafka.spooldir.track.TrackerBook;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.flume.ChannelException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Picks up the files that are next, several at once: what makes their stream ids last is one write
 * for all of them. For any thread.
 */
final class Claims {
  private static final Logger log = LoggerFactory.getLogger(Claims.class);

  /** So many small files fill a batch, and still are few enough to be written in no time. */
  private static final int MOST_FILES = 500;

  /** A large file is claimed alone. */
  private static final long ENOUGH_BYTES = 16 << 20;

  private final Discovery discovery;
  private final TrackerBook book;
  private final ChannelPositions positions;
  private final SpoolDirSourceStats stats;
  private final SpoolDirConfig config;
  private final LongSupplier nanos;
  private final StopSignal stop;

  /**
   * A file that was picked up.
   *
   * @param ending how it ended, if it did so before it was opened
   */
  record Claim(FileInProgress file, @Nullable Ending ending) {}

  Claims(
      Discovery discovery,
      TrackerBook book,
      ChannelPositions positions,
      SpoolDirSourceStats stats,
      SpoolDirConfig config,
      LongSupplier nanos,
      StopSignal stop) {
    this.discovery = discovery;
    this.book = book;
    this.positions = positions;
    this.stats = stats;
    this.config = config;
    this.nanos = nanos;
    this.stop = stop;
  }

  /**
   * The next files, their stream ids stored; none if none waits.
   *
   * @throws SpoolUnavailableException if no file can be picked up now
   */
  List<Claim> next() throws SpoolUnavailableException {
    int fairShare = 1 + discovery.size() / config.readers();
    List<Claim> claims = new ArrayList<>();
    for (SpoolFile file : discovery.next(Math.min(fairShare, MOST_FILES), ENOUGH_BYTES)) {
      Claim claim = claim(file.path());
      if (claim != null) {
        claims.add(claim);
      }
    }
    if (!claims.isEmpty()) {
      book.store();
    }
    return claims;
  }

  /** Waits until there may be a next file, or there will be none any more. */
  void await() {
    try {
      discovery.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.raise();
    }
  }

  private @Nullable Claim claim(Path path) {
    try {
      FileState state = FileState.of(path);
      // Opening a pipe would wait for its writer.
      return state.regular() ? claim(path, state.identity()) : gone(path);
    } catch (NoSuchFileException e) {
      return gone(path);
    } catch (IOException e) {
      discovery.giveUp(path);
      log.error("{} can't be looked at ({}), and is left where it is", path, e.toString());
    }
    return null;
  }

  private @Nullable Claim gone(Path path) {
    Tracker known = book.of(path);
    if (known != null) {
      return new Claim(inProgress(resume(known)), new Ending.Unfit("it is gone"));
    }
    discovery.release(path);
    return null;
  }

  private Claim claim(Path path, FileIdentity identity) {
    Tracker known = book.of(path);
    if (known == null) {
      return begin(path, identity);
    }
    if (known.identity().equals(identity)) {
      return goOn(known);
    }
    if (known.identity().inode() == identity.inode() && known.head().isOf(path)) {
      return new Claim(
          inProgress(resume(known)),
          new Ending.Unfit(
              "it changed since its reading began, from " + known.identity() + " to " + identity));
    }
    log.warn(
        "{} is not the file any more of which {} {} were delivered: it is read from its beginning,"
            + " as a new one",
        path,
        known.offset(),
        known.unit());
    positions.forget(known.stream());
    return begin(path, identity);
  }

  private Claim begin(Path path, FileIdentity identity) {
    Tracker first = Tracker.first(path, identity, head(path), config.format().name(path));
    book.put(first);
    return new Claim(inProgress(first), null);
  }

  private static FileHead head(Path path) {
    try {
      return FileHead.of(path);
    } catch (IOException e) {
      return FileHead.UNKNOWN; // Reading it will fail, too, and say so.
    }
  }

  private Claim goOn(Tracker known) {
    Tracker resumed = resume(known);
    if (resumed.finished()) {
      return new Claim(inProgress(resumed), new Ending.Finished());
    }
    String format = config.format().name(resumed.file());
    if (!resumed.format().equals(format)) {
      if (resumed.offset() == 0) {
        // Under another stream: what a channel may have of this one was counted in another way.
        positions.forget(resumed.stream());
        return begin(resumed.file(), resumed.identity());
      }
      return new Claim(
          inProgress(resumed),
          new Ending.Unfit(
              "its reading began with another deserializer, or another decompress, as "
                  + resumed.format()
                  + ", and "
                  + format
                  + " can't go on where that stopped"));
    }
    return new Claim(inProgress(resumed), null);
  }

  /** Where it goes on; a channel may have accepted more than its tracker knows of. */
  private Tracker resume(Tracker known) {
    if (known.finished()) {
      return known;
    }
    Backoff backoff = new Backoff(config.maxBackoff());
    boolean reported = false;
    while (true) {
      try {
        return positions.resume(known);
      } catch (ChannelException e) {
        if (!reported) {
          reported = true;
          log.warn(
              "a channel can't tell how far it got {} ({}): it is asked until it can, and nothing"
                  + " is read before",
              known.file(),
              e.toString());
        }
        if (stop.await(backoff.next())) {
          return known;
        }
      }
    }
  }

  private FileInProgress inProgress(Tracker tracker) {
    FileInProgress file = new FileInProgress(tracker, nanos.getAsLong());
    stats.begun(file);
    return file;
  }
}
