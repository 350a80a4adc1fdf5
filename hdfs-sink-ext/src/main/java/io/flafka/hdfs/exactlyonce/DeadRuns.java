package io.flafka.hdfs.exactlyonce;

import io.flafka.hdfs.cargo.HdfsSinkCounter;
import io.flafka.hdfs.exactlyonce.ManifestFormat.TornManifestException;
import io.flafka.hdfs.exactlyonce.ManifestFormat.UnreadableManifestException;
import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.file.Publisher;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears away what other runs of sinks left when they died.
 *
 * <p>Files that no manifest names are nothing to anybody. Their run is dead if all the streams that
 * it took are ours, if its process is gone from this host, or if it was silent for an hour. To be
 * safe from a run that is not, its directory is moved away as a whole before anything in it is
 * deleted; a run that wakes up can't write a manifest there any more.
 *
 * <p>For one thread.
 */
final class DeadRuns {
  private static final Logger log = LoggerFactory.getLogger(DeadRuns.class);

  private final String sink;
  private final HdfsClient hdfs;
  private final Premises premises;
  private final Publication publication;
  private final Run own;
  private final InstantSource clock;
  private final HdfsSinkCounter counter;
  private boolean incomplete;

  DeadRuns(
      String sink,
      HdfsClient hdfs,
      Premises premises,
      Publication publication,
      Run own,
      InstantSource clock,
      HdfsSinkCounter counter) {
    this.sink = sink;
    this.hdfs = hdfs;
    this.premises = premises;
    this.publication = publication;
    this.own = own;
    this.clock = clock;
    this.counter = counter;
  }

  Premises premises() {
    return premises;
  }

  /** Whether the last time something failed, and was left for the next one. */
  boolean isIncomplete() {
    return incomplete;
  }

  /** Does what the witnesses allow. What they don't is left, for others or for later. */
  void settle(Witnesses witnesses) throws IOException {
    incomplete = false;
    for (FileStatus run : hdfs.list(premises.runs())) {
      if (!run.getPath().getName().equals(own.directory().getName())) {
        settleIfReadable(run, witnesses);
      }
    }
    for (FileStatus run : hdfs.list(premises.cleared())) {
      try {
        clear(run.getPath());
      } catch (IOException e) {
        leave(run, e);
      }
    }
  }

  /** One that can't be read holds nothing up, unless it may hold what only it can tell. */
  private void settleIfReadable(FileStatus run, Witnesses witnesses) throws IOException {
    try {
      settle(run, witnesses);
    } catch (IOException e) {
      if (!witnesses.knowAll()) {
        throw e;
      }
      leave(run, e);
    }
  }

  private void leave(FileStatus run, IOException failure) {
    incomplete = true;
    log.warn(
        "{}: {} can't be cleared away, and is left where it is until the next time: {}",
        sink,
        run.getPath(),
        failure.toString());
  }

  private void settle(FileStatus run, Witnesses witnesses) throws IOException {
    boolean undecided = false;
    boolean dead = isSilent(run);
    for (FileStatus file : hdfs.list(run.getPath())) {
      String name = file.getPath().getName();
      if (Run.isManifest(name)) {
        undecided |= !isSettled(file.getPath(), witnesses);
      } else if (Run.isOwner(name)) {
        dead |=
            Run.owner(hdfs, file.getPath()).filter(owner -> isDead(owner, witnesses)).isPresent();
      }
    }
    if (!undecided && dead) {
      clear(run.getPath(), new Path(premises.cleared(), run.getPath().getName()));
    }
  }

  private boolean isDead(Owner owner, Witnesses witnesses) {
    boolean lostAll =
        !owner.streams().isEmpty() && witnesses.streams().containsAll(owner.streams());
    return lostAll || owner.isGone(own.owner());
  }

  private boolean isSilent(FileStatus run) {
    return clock.millis() - run.getModificationTime() > Run.SILENCE.toMillis();
  }

  private boolean isSettled(Path pending, Witnesses witnesses) throws IOException {
    try {
      Optional<Manifest> manifest = History.read(hdfs, pending);
      return manifest.isEmpty() || isSettled(pending, manifest.get(), witnesses);
    } catch (TornManifestException e) {
      return true; // It goes with its run.
    } catch (UnreadableManifestException e) {
      log.warn(
          "{}: {}: it is not named by a commit of a stream that is ours, and is left where it is",
          sink,
          e.getMessage());
      return false;
    }
  }

  private boolean isSettled(Path pending, Manifest manifest, Witnesses witnesses)
      throws IOException {
    switch (witnesses.of(manifest)) {
      case UNKNOWN -> {
        return false;
      }
      case PASSED_OVER -> {
        finish(pending, manifest);
        return true;
      }
      case ABORTED_UNLESS_PUBLISHED -> {
        if (publication.hasBegun(manifest)) {
          finish(pending, manifest);
          return true;
        }
      }
      case ABORTED -> {}
    }
    abort(pending, manifest);
    return true;
  }

  /** As far as it can be: no commit names it any more, so what can't be holds nothing up. */
  private void finish(Path pending, Manifest manifest) throws IOException {
    try {
      publication.of(pending, manifest);
      log.warn(
          "{}: no commit names {}, and all the same it was one: its {} files are published",
          sink,
          manifest.id(),
          manifest.files().size());
    } catch (Publisher.Unpublishable e) {
      new History(hdfs, premises).add(pending);
      log.error(
          "{}: not all files of {} can be published: {}", sink, manifest.id(), e.getMessage());
    }
  }

  private void abort(Path pending, Manifest manifest) throws IOException {
    log.info(
        "{}: {} was prepared and never committed: its {} files are deleted, and {} comes again",
        sink,
        manifest.id(),
        manifest.files().size(),
        manifest.taken());
    hdfs.delete(pending);
    for (Manifest.Landed file : manifest.files()) {
      hdfs.delete(new Path(file.staged()));
    }
    counter.recovered(manifest.files().size());
  }

  private void clear(Path run, Path cleared) throws IOException {
    hdfs.makeDirectories(cleared.getParent());
    try {
      hdfs.rename(run, cleared);
    } catch (FileNotFoundException e) {
      return; // Another sink was faster.
    }
    clear(cleared);
  }

  private void clear(Path cleared) throws IOException {
    List<FileStatus> files = hdfs.list(cleared);
    if (isPrepared(files)) {
      // It prepared something between our look and our move, and its commit may name it.
      giveBack(cleared);
      return;
    }
    hdfs.deleteTree(cleared);
    long orphans = files.stream().filter(file -> !Run.isOwner(file.getPath().getName())).count();
    if (orphans > 0) {
      counter.recovered(orphans);
      log.info(
          "{}: deleted {} unfinished files of a dead run, {}: none was committed, all comes again",
          sink,
          orphans,
          cleared.getName());
    }
  }

  private boolean isPrepared(List<FileStatus> files) throws IOException {
    for (FileStatus file : files) {
      if (Run.isManifest(file.getPath().getName()) && !isTornOrGone(file.getPath())) {
        return true;
      }
    }
    return false;
  }

  private boolean isTornOrGone(Path manifest) throws IOException {
    try {
      return History.read(hdfs, manifest).isEmpty();
    } catch (TornManifestException e) {
      return true;
    } catch (UnreadableManifestException e) {
      return false;
    }
  }

  private void giveBack(Path cleared) throws IOException {
    try {
      hdfs.rename(cleared, new Path(premises.runs(), cleared.getName()));
    } catch (FileNotFoundException e) {
      log.debug("{} is given back already", cleared, e);
    }
  }
}
