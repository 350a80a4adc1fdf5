package io.flafka.hdfs.exactlyonce;

import io.flafka.delivery.LastCommit;
import io.flafka.hdfs.file.HdfsClient;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes what earlier owners of streams left.
 *
 * <p>A manifest that a stream's last commit names is committed: its files are published, unless
 * they are. Any other manifest of that stream which is still pending was never committed, and never
 * will be, since the group takes no commit of a member that has lost the stream: its files are
 * deleted. Where the group's offset of a stream names none (an operator reset it) or is gone (the
 * group forgets those that are idle for long), {@link Witnesses} tell what else there is to go by,
 * and the history tells how far a stream came.
 *
 * <p>For one thread.
 */
final class Recovery {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private final String sink;
  private final HdfsClient hdfs;
  private final ClientOf clients;
  private final Publication publication;
  private final History history;
  private final DeadRuns runs;

  /** Gives a client for a manifest that an earlier configuration has put elsewhere. */
  @FunctionalInterface
  interface ClientOf {
    HdfsClient open(Path path) throws IOException;
  }

  Recovery(
      String sink,
      HdfsClient hdfs,
      ClientOf clients,
      Publication publication,
      History history,
      DeadRuns runs) {
    this.sink = sink;
    this.hdfs = hdfs;
    this.clients = clients;
    this.publication = publication;
    this.history = history;
    this.runs = runs;
  }

  /**
   * Recovers streams; see {@link io.flafka.delivery.Participant#recover}.
   *
   * @return stream to offset, of those forgotten that the history knows
   */
  Map<String, Long> recover(Set<String> streams, Map<String, LastCommit> commits, Runnable confirm)
      throws IOException {
    Set<String> notes = new HashSet<>();
    commits.values().forEach(commit -> commit.note().ifPresent(notes::add));
    for (String note : notes) {
      finish(new Path(note));
    }
    runs.settle(new Witnesses(streams, commits), confirm);
    Set<String> forgotten = new HashSet<>(streams);
    forgotten.removeAll(commits.keySet());
    Map<String, Long> known = history.ends(forgotten);
    known.forEach(
        (stream, offset) ->
            log.warn(
                "{}: the consumer group holds no offset of {}: it goes on at {}, where the history"
                    + " in {} says that it was landed to. To land it again, reset the group's"
                    + " offsets with kafka-consumer-groups.sh",
                sink,
                stream,
                offset,
                runs.premises().history()));
    return known;
  }

  private void finish(Path pending) throws IOException {
    if (hdfs.owns(pending)) {
      finish(hdfs, publication, pending);
      return;
    }
    try (HdfsClient other = clients.open(pending)) {
      finish(
          other, new Publication(sink, other, publication.crew(), publication.counter()), pending);
    }
  }

  private void finish(HdfsClient where, Publication publishing, Path pending) throws IOException {
    Optional<Manifest> manifest = unfinished(where, pending);
    if (manifest.isPresent()) {
      if (!where.exists(pending)) {
        where.rename(cleared(pending).getParent(), pending.getParent());
      }
      publishing.of(pending, manifest.get());
      log.info(
          "{}: published {} files that an earlier owner had committed: {}",
          sink,
          manifest.get().files().size(),
          manifest.get().id());
    }
  }

  /**
   * What {@link #recover} would publish of what a note names; empty if that has been published.
   *
   * @throws IOException if it is neither there nor in the history
   */
  Optional<Manifest> unfinished(String note) throws IOException {
    Path pending = new Path(note);
    if (hdfs.owns(pending)) {
      return unfinished(hdfs, pending);
    }
    try (HdfsClient other = clients.open(pending)) {
      return unfinished(other, pending);
    }
  }

  private static Optional<Manifest> unfinished(HdfsClient where, Path pending) throws IOException {
    Optional<Manifest> manifest = History.read(where, pending);
    String id = History.idOf(pending.getName());
    if (manifest.isPresent() || new History(where, Premises.of(pending)).has(id)) {
      return manifest;
    }
    manifest = History.read(where, cleared(pending));
    if (manifest.isEmpty()) {
      throw new IOException(
          "the consumer group's last commit names "
              + pending
              + ", which is neither there nor in the history: what was committed with it may not be"
              + " published. If it was deleted by hand, and its files are in their places or not"
              + " wanted, reset the group's offsets to where they are with kafka-consumer-groups.sh"
              + " --reset-offsets --to-current while all its agents are stopped");
    }
    return manifest;
  }

  /**
   * Where it is if its run was taken for dead and moved away, and whoever did that died before he
   * saw what is in it, and gave it back.
   */
  private static Path cleared(Path pending) {
    Path run = new Path(Premises.of(pending).cleared(), pending.getParent().getName());
    return new Path(run, pending.getName());
  }
}
