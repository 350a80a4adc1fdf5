package io.flafka.hdfs.exactlyonce;

import io.flafka.delivery.LastCommit;
import io.flafka.hdfs.cargo.HdfsSinkCounter;
import io.flafka.hdfs.file.Crew;
import io.flafka.hdfs.file.FileNames;
import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.login.Login;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;

/**
 * Finishes a landing whose sinks won't come back, by the same {@link Recovery} with which the next
 * owner of their streams would begin; it takes no events, and has no run of its own in HDFS.
 *
 * <p>It must be <i>an owner</i> like any: whoever calls {@link #recover} is the group's only
 * member, has all the streams, has read the commits since it had them, and keeps the streams until
 * the call returns. Then it is as safe as a sink:
 *
 * <ul>
 *   <li>A sink that was expelled from the group, paused for instance, can commit nothing more: the
 *       group refuses its generation. What it had prepared is named by the commits that were read,
 *       or never will be. What it writes from then on fails, or is given back: its run is moved
 *       away before it is deleted (see {@link Run} and {@link DeadRuns}).
 *   <li>A sink that starts in the same moment joins the group, and is given no stream before the
 *       one who rescues leaves it. Until then it prepares nothing, so that there is nothing of it
 *       to be taken for an abort. When it is given its streams, it recovers once more, and finds
 *       what is done done: each file is renamed once, whoever does it.
 *   <li>Who rescues may die at any step, as a sink may while it recovers: the next one goes on.
 *   <li>Who rescues may be paused, and be given up by the group: it asks whether the streams are
 *       still its own after it has looked at what is there, and before it deletes anything.
 * </ul>
 *
 * <p>To look takes none of this, and changes nothing. But offsets that were read as a stranger may
 * be old at once; so what it says is what would be done if nobody did anything meanwhile.
 *
 * <p>Calls take as long as HDFS takes. For one thread.
 */
public final class LandingRescue implements Closeable {
  private static final int THREADS = 4;

  private final LandingRecords records;
  private final Publication publication;
  private final Recovery recovery;
  private final Crew crew;

  /**
   * @param name how it is called in messages
   * @param base the directory {@code _flafka}, or what {@code hdfs.manifestDir} says
   */
  public LandingRescue(String name, HdfsClient hdfs, Path base, InstantSource clock) {
    Premises premises = new Premises(hdfs.qualified(base));
    HdfsSinkCounter counter = new HdfsSinkCounter(name);
    Run none = new Run(hdfs, premises, name + "-" + FileNames.newRun(), clock);
    this.crew = new Crew(name, THREADS);
    this.publication = new Publication(name, hdfs, crew, counter);
    this.records = new LandingRecords(hdfs, base, clock);
    this.recovery =
        new Recovery(
            name,
            hdfs,
            path -> HdfsClient.open(path, false, Login.OF_PROCESS),
            publication,
            new History(hdfs, premises),
            new DeadRuns(name, hdfs, premises, publication, none, clock, counter));
  }

  /** What there is to do with something that was left. */
  public enum Action {
    /** A manifest is committed, or was: its files are to be published. */
    PUBLISH,
    /**
     * A manifest was never committed: its files are to be deleted, and what they hold comes again.
     */
    ABORT,
    /** Files that no manifest names, of a dead run: they are to be deleted, and come again. */
    CLEAR,
    /** Nothing, since only the owners of other streams can tell what it is. */
    LEAVE,
    /** Nothing, since its run shows signs of life. */
    LIVE
  }

  /**
   * Something that was left.
   *
   * @param path the full URI of a manifest, or of a run's directory
   * @param owner host and process; empty if that isn't known
   * @param lastSign when the run last showed that it lives, or wrote something; empty for a
   *     manifest in another place
   * @param files how many files it is about
   */
  public record Left(
      String path, String owner, Optional<Instant> lastSign, int files, Action action) {}

  /**
   * What {@link #recover} would do, or has left.
   *
   * @param streams all that would be recovered; none to be told what there is, of which nobody can
   *     say more than that a run is dead
   * @throws IOException if HDFS doesn't tell, or a commit names what is gone
   */
  public List<Left> look(Set<String> streams, Map<String, LastCommit> commits) throws IOException {
    Witnesses witnesses = new Witnesses(streams, commits);
    Map<String, String> notes = notes(commits);
    List<Left> left = new ArrayList<>();
    for (LandingRecords.InUse run : records.runs()) {
      look(run, witnesses, notes, left);
    }
    for (String elsewhere : notes.values()) {
      Optional<Manifest> manifest = recovery.unfinished(elsewhere);
      manifest.ifPresent(
          one ->
              left.add(
                  new Left(elsewhere, "", Optional.empty(), one.files().size(), Action.PUBLISH)));
    }
    return left;
  }

  /** The notes, by the ids of their manifests. */
  private static Map<String, String> notes(Map<String, LastCommit> commits) {
    Map<String, String> notes = new TreeMap<>();
    commits.values().stream()
        .flatMap(commit -> commit.note().stream())
        .forEach(note -> notes.put(LandingRecords.idOf(note), note));
    return notes;
  }

  private void look(
      LandingRecords.InUse run, Witnesses witnesses, Map<String, String> notes, List<Left> left)
      throws IOException {
    boolean dead = run.dead() || witnesses.haveAll(run.streams());
    boolean undecided = false;
    int orphans = run.files();
    for (LandingRecords.Prepared one : run.prepared()) {
      Action action = notes.remove(one.id()) == null ? action(one, witnesses) : Action.PUBLISH;
      undecided |= action == Action.LEAVE;
      if (action == Action.CLEAR) {
        orphans++;
      } else if (dead || action != Action.LEAVE) {
        int files = one.manifest() == null ? 0 : one.manifest().files().size();
        left.add(new Left(one.path(), run.owner(), Optional.of(run.lastSign()), files, action));
      }
    }
    if (!dead) {
      left.add(
          new Left(
              run.directory(), run.owner(), Optional.of(run.lastSign()), orphans, Action.LIVE));
    } else if (orphans > 0 || run.prepared().isEmpty()) {
      Action action = undecided ? Action.LEAVE : Action.CLEAR;
      left.add(
          new Left(run.directory(), run.owner(), Optional.of(run.lastSign()), orphans, action));
    }
  }

  private Action action(LandingRecords.Prepared one, Witnesses witnesses) throws IOException {
    Manifest manifest = one.manifest();
    if (manifest == null) {
      return one.torn() ? Action.CLEAR : Action.LEAVE;
    }
    Witnesses.Verdict verdict = witnesses.of(manifest);
    if (verdict == Witnesses.Verdict.UNKNOWN) {
      return Action.LEAVE;
    }
    return publication.isDue(manifest, verdict) ? Action.PUBLISH : Action.ABORT;
  }

  /**
   * Recovers streams. What others must do is left; {@link #look} tells.
   *
   * @param streams all that the group has here, every one of them the caller's
   * @param commits stream to its last commit
   * @param confirm throws unless the streams have been the caller's without a break since the
   *     commits were read
   * @throws IOException if not all could be done; it can be called again
   */
  public void recover(Set<String> streams, Map<String, LastCommit> commits, Runnable confirm)
      throws IOException {
    recovery.recover(new TreeSet<>(streams), commits, confirm);
  }

  @Override
  public void close() {
    crew.close();
  }
}
