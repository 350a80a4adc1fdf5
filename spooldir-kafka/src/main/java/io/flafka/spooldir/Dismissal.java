package io.flafka.spooldir;

import io.flafka.spooldir.disk.FileIdentity;
import io.flafka.spooldir.disk.FileState;
import io.flafka.spooldir.disk.SpoolUnavailableException;
import io.flafka.spooldir.retire.UnfitFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a file out of the way that was read to its end: retires it if it is still what it was when
 * its reading began, else puts it into quarantine. For one thread.
 */
final class Dismissal {
  private static final Logger log = LoggerFactory.getLogger(Dismissal.class);

  private final SpoolDirConfig config;
  private final Spool spool;
  private final SpoolDirSourceStats stats;

  /** What lies under the file's path now. */
  enum Outcome {
    /** Nothing, since all of it was delivered. */
    RETIRED,
    /** Nothing, for another reason, which was reported. */
    GONE,
    /** Another file. */
    REPLACED,
    /** The file: it could not be moved. */
    STUCK
  }

  Dismissal(SpoolDirConfig config, Spool spool, SpoolDirSourceStats stats) {
    this.config = config;
    this.spool = spool;
    this.stats = stats;
  }

  /**
   * Dismisses a file.
   *
   * @param changed takes the directories that are to be forced to the disk
   * @throws SpoolUnavailableException if the spooling directory as a whole is at fault
   */
  Outcome dismiss(FileInProgress file, Ending ending, Set<Path> changed)
      throws SpoolUnavailableException {
    if (ending instanceof Ending.Unfit unfit) {
      return quarantine(file, unfit.why());
    }
    try {
      FileState state = FileState.of(file.path());
      FileIdentity then = file.begun().identity();
      return state.identity().equals(then)
          ? retire(file, state, changed)
          : wasTouched(file, then, state.identity());
    } catch (NoSuchFileException e) {
      return wasTakenAway(file);
    } catch (IOException | InvalidPathException e) {
      return cantBeRetired(file, e);
    }
  }

  private Outcome retire(FileInProgress file, FileState state, Set<Path> changed)
      throws IOException {
    if (!config.retirement().leavesFiles()) {
      // First: a marker that is left over would announce the next file of that name too early.
      Optional<Path> marker = config.search().readiness().marker(file.path());
      if (marker.isPresent()) {
        Files.deleteIfExists(marker.get());
      }
    }
    changed.addAll(config.retirement().retire(file.path(), state));
    stats.done();
    return Outcome.RETIRED;
  }

  private Outcome wasTouched(FileInProgress file, FileIdentity then, FileIdentity now)
      throws SpoolUnavailableException {
    if (now.inode() == then.inode()) {
      return quarantine(file, "it changed while it was read, from " + then + " to " + now);
    }
    log.warn(
        "{} was replaced by another file while it was read. All of the former was delivered; the"
            + " new one is read, too",
        file.path());
    return Outcome.REPLACED;
  }

  private Outcome wasTakenAway(FileInProgress file) throws SpoolUnavailableException {
    spool.requireUsable();
    log.warn(
        "{} was taken away while it was read. All its {} bytes were delivered",
        file.path(),
        file.begun().identity().size());
    return Outcome.GONE;
  }

  private Outcome cantBeRetired(FileInProgress file, Exception e) throws SpoolUnavailableException {
    spool.requireUsable();
    stats.incrementEventReadFail();
    log.error(
        "{} was delivered, all of it, but can't be retired ({}). It is left where it is and not"
            + " delivered again. Check its name's length and its permissions; a change of those, or"
            + " a restart, gives it another try",
        file.path(),
        e.toString());
    return Outcome.STUCK;
  }

  private Outcome quarantine(FileInProgress file, String why) throws SpoolUnavailableException {
    // Where the whole directory is at fault, its files are not.
    spool.requireUsable();
    stats.incrementEventReadFail();
    UnfitFile unfit = new UnfitFile(file.reached(), why);
    try {
      Path now = config.quarantine().take(unfit);
      stats.quarantined();
      log.error(
          "{} is in quarantine, as {}: {}. Delivered are its {}; beside it lies a report",
          file.path(),
          now,
          why,
          unfit.delivered());
      return Outcome.GONE;
    } catch (IOException | InvalidPathException e) {
      log.error(
          "{}: {}. Delivered are its {}. It can't be put into quarantine ({}), so it is left where"
              + " it is; a change of it, or a restart, gives it another try",
          file.path(),
          why,
          unfit.delivered(),
          e.toString());
      return Outcome.STUCK;
    }
  }
}
