package io.flafka.spooldir;

import io.flafka.spooldir.disk.FileIdentity;
import io.flafka.spooldir.disk.FileState;
import io.flafka.spooldir.disk.ReplacedFileException;
import io.flafka.spooldir.disk.SpoolUnavailableException;
import io.flafka.spooldir.retire.UnfitFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a file out of the way whose reading has ended: retires it if all of it was read and it is
 * still what it was when its reading began, else puts it into quarantine. For one thread.
 */
final class Dismissal {
  private static final Logger log = LoggerFactory.getLogger(Dismissal.class);

  private final SpoolDirConfig config;
  private final Spool spool;
  private final SpoolDirSourceStats stats;

  /** What was reported as stuck, once and not for every try. */
  private final Set<Path> stuck = new HashSet<>();

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
    boolean again = stuck.remove(file.path());
    try {
      FileState state = FileState.of(file.path());
      FileIdentity then = file.begun().identity();
      if (!state.regular() || state.identity().inode() != then.inode()) {
        return wasReplaced(file);
      }
      if (ending instanceof Ending.Unfit unfit) {
        return quarantine(file, unfit.why());
      }
      return state.identity().equals(then)
          ? retire(file, state, changed)
          : quarantine(
              file, "it changed while it was read, from " + then + " to " + state.identity());
    } catch (NoSuchFileException e) {
      return wasTakenAway(file);
    } catch (ReplacedFileException e) {
      return wasReplaced(file);
    } catch (IOException | InvalidPathException e) {
      return ending instanceof Ending.Unfit unfit
          ? quarantine(file, unfit.why())
          : cantBeRetired(file, e, again);
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

  private static Outcome wasReplaced(FileInProgress file) {
    log.warn(
        "{} was replaced by another file before it was retired. Delivered are {} of the former,"
            + " which had {} bytes; the new one is read, too",
        file.path(),
        file.reached().delivered(),
        file.begun().identity().size());
    return Outcome.REPLACED;
  }

  private Outcome wasTakenAway(FileInProgress file) throws SpoolUnavailableException {
    spool.requireUsable();
    if (file.begun().finished()) {
      // Maybe by the run before, which could not tell the channels any more.
      return Outcome.GONE;
    }
    log.warn(
        "{} is gone: somebody took it away, or the run before retired it and was killed in that"
            + " moment. Known to be delivered are {}; it had {} bytes",
        file.path(),
        file.reached().delivered(),
        file.begun().identity().size());
    return Outcome.GONE;
  }

  private Outcome cantBeRetired(FileInProgress file, Exception e, boolean again)
      throws SpoolUnavailableException {
    spool.requireUsable();
    stuck.add(file.path());
    if (!again) {
      stats.incrementEventReadFail();
      log.error(
          "{} was delivered, all of it, but can't be retired ({}). It is not delivered again, and"
              + " is left where it is until that works, which is tried from time to time. Check its"
              + " permissions and the space on the disk; if its name is too long, move it away",
          file.path(),
          e.toString());
    }
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
    } catch (ReplacedFileException e) {
      return wasReplaced(file);
    } catch (IOException | InvalidPathException e) {
      log.error(
          "{}: {}. Delivered are its {}. It can't be put into quarantine ({}), so it is left where"
              + " it is; it is tried again when it changes, after a restart, and now and then",
          file.path(),
          why,
          unfit.delivered(),
          e.toString());
      return Outcome.STUCK;
    }
  }
}
