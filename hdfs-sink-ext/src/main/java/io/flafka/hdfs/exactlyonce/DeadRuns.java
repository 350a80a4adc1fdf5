package io.flafka.hdfs.exactlyonce;

import io.flafka.hdfs.cargo.HdfsSinkCounter;
import io.flafka.hdfs.exactlyonce.ManifestFormat.TornManifestException;
import io.flafka.hdfs.exactlyonce.ManifestFormat.UnreadableManifestException;
import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.file.Publisher;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

  /**
   * What a look at a run has found.
   *
   * @param pending manifests that are to be settled
   * @param orphaned whether all else in it is nothing to anybody
   */
  private record Found(FileStatus run, Map<Path, Manifest> pending, boolean orphaned) {
    boolean isSomething() {
      return orphaned || !pending.isEmpty();
    }
  }

  /**
   * Does what the witnesses allow. What they don't is left, for others or for later.
   *
   * @param confirm throws unless the witnesses are right about all that is there by then. Whoever
   *     was asleep would take what a later owner is about to commit for what an earlier one never
   *     did; so it is asked after all has been looked at, and before anything is deleted.
   */
  void settle(Witnesses witnesses, Runnable confirm) throws IOException {
    incomplete = false;
    List<Found> all = new ArrayList<>();
    for (FileStatus run : hdfs.list(premises.runs())) {
      if (!run.getPath().getName().equals(own.directory().getName())) {
        ifReadable(run, witnesses, () -> all.add(look(run, witnesses)));
      }
    }
    if (all.stream().anyMatch(Found::isSomething)) {
      confirm.run();
    }
    for (Found found : all) {
      ifReadable(found.run(), witnesses, () -> settle(found, witnesses));
    }
    for (FileStatus run : hdfs.list(premises.cleared())) {
      try {
        clear(run.getPath());
      } catch (IOException e) {
        leave(run, e);
      }
    }
  }

  /**
   * Does what can be done whoever has which streams. Without a witness nothing that was prepared is
   * decided, so there is nothing to confirm.
   */
  void settleWithoutWitness() throws IOException {
    settle(Witnesses.NONE, () -> {});
  }

  /** One that can't be read holds nothing up, unless it may hold what only it can tell. */
  private void ifReadable(FileStatus run, Witnesses witnesses, Step step) throws IOException {
    try {
      step.go();
    } catch (IOException e) {
      if (!witnesses.knowAll()) {
        throw e;
      }
      leave(run, e);
    }
  }

  @FunctionalInterface
  private interface Step {
    void go() throws IOException;
  }

  private void leave(FileStatus run, IOException failure) {
    incomplete = true;
    log.warn(
        "{}: {} can't be cleared away, and is left where it is until the next time: {}",
        sink,
        run.getPath(),
        failure.toString());
  }

  private Found look(FileStatus run, Witnesses witnesses) throws IOException {
    Map<Path, Manifest> pending = new TreeMap<>();
    boolean undecided = false;
    boolean dead = isSilent(run);
    for (FileStatus file : hdfs.list(run.getPath())) {
      String name = file.getPath().getName();
      if (Run.isManifest(name)) {
        undecided |= !isDecided(file.getPath(), witnesses, pending);
      } else if (Run.isOwner(name)) {
        dead |=
            Run.owner(hdfs, file.getPath()).filter(owner -> isDead(owner, witnesses)).isPresent();
      }
    }
    return new Found(run, pending, dead && !undecided);
  }

  private void settle(Found found, Witnesses witnesses) throws IOException {
    for (Map.Entry<Path, Manifest> one : found.pending().entrySet()) {
      settle(one.getKey(), one.getValue(), witnesses);
    }
    if (found.orphaned()) {
      Path run = found.run().getPath();
      clear(run, new Path(premises.cleared(), run.getName()));
    }
  }

  private boolean isDead(Owner owner, Witnesses witnesses) {
    return witnesses.haveAll(owner.streams()) || owner.isGone(own.owner());
  }

  private boolean isSilent(FileStatus run) {
    return clock.millis() - run.getModificationTime() > Run.SILENCE.toMillis();
  }

  /** Whether it can be settled, or need not be. */
  private boolean isDecided(Path file, Witnesses witnesses, Map<Path, Manifest> pending)
      throws IOException {
    try {
      Optional<Manifest> manifest = History.read(hdfs, file);
      if (manifest.isPresent() && witnesses.of(manifest.get()) == Witnesses.Verdict.UNKNOWN) {
        return false;
      }
      manifest.ifPresent(found -> pending.put(file, found));
      return true;
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

  private void settle(Path pending, Manifest manifest, Witnesses witnesses) throws IOException {
    if (publication.isDue(manifest, witnesses.of(manifest))) {
      finish(pending, manifest);
    } else {
      abort(pending, manifest);
    }
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
