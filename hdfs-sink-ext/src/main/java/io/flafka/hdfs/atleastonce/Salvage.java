package io.flafka.hdfs.atleastonce;

import io.flafka.hdfs.file.BucketFile;
import io.flafka.hdfs.file.FileNames;
import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.file.Publisher;
import io.flafka.hdfs.file.Retries;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lands what runs of sinks left in use when they were killed.
 *
 * <p>Everything that their channels had given up is in these files, made durable before the commit;
 * behind it there may be events that the channel delivers again, the last of them cut short. So a
 * file is closed by the NameNode (lease recovery, some seconds), and published as it is, unless it
 * is empty.
 *
 * <p>Tried at each step as far as it is time, and never in the way of the step. For one thread.
 */
public final class Salvage {
  private static final Logger log = LoggerFactory.getLogger(Salvage.class);

  private final String sink;
  private final HdfsClient hdfs;
  private final Publisher publisher;
  private final Retries retries;
  private final InstantSource clock;
  private final List<DeadRun> runs = new ArrayList<>();

  /** A dead run, and what is left of it. */
  private record DeadRun(Registry registry, List<Stranded<FileNames.Names>> files) {}

  public Salvage(
      String sink, HdfsClient hdfs, List<Registry> dead, Retries retries, InstantSource clock) {
    this.sink = sink;
    this.hdfs = hdfs;
    this.publisher = new Publisher(hdfs);
    this.retries = retries;
    this.clock = clock;
    for (Registry run : dead) {
      List<Stranded<FileNames.Names>> files = new ArrayList<>();
      run.inUse().forEach(names -> files.add(new Stranded<>(names)));
      runs.add(new DeadRun(run, files));
    }
  }

  /** Goes on with what is left. */
  public void go() {
    runs.removeIf(this::isSettled);
  }

  private boolean isSettled(DeadRun run) {
    run.files().removeIf(file -> isDone(run.registry(), file));
    if (!run.files().isEmpty()) {
      return false;
    }
    run.registry().close();
    return true;
  }

  private boolean isDone(Registry registry, Stranded<FileNames.Names> file) {
    long now = clock.millis();
    boolean regular = file.takeTry(now, retries.interval());
    if (!regular && !file.takeLook(now)) {
      return false;
    }
    try {
      if (!isLanded(file.file(), regular)) {
        return false;
      }
      registry.done(file.file());
      return true;
    } catch (Publisher.Unpublishable e) {
      log.error("{}: {}", sink, e.getMessage());
      return true;
    } catch (IOException | RuntimeException e) {
      log.warn(
          "{}: {}, which a dead agent left in use, can't be landed yet ({}): it is tried again"
              + " every {} ms (hdfs.retryInterval)",
          sink,
          file.file().inUse(),
          BucketFile.reason(e),
          retries.interval());
      return false;
    }
  }

  private boolean isLanded(FileNames.Names file, boolean regular) throws IOException {
    if (!hdfs.exists(file.inUse())) {
      return true; // The run died before it was created, or after it was renamed.
    }
    if (!(regular ? hdfs.recoverLease(file.inUse()) : hdfs.isClosed(file.inUse()))) {
      return false;
    }
    if (publisher.publishLeft(file) != Publisher.Outcome.DELETED) {
      log.info("{}: landed {}, which a dead agent had in use", sink, file.published());
    }
    return true;
  }

  /** Leaves what is left to the next start. */
  public void end() {
    runs.forEach(run -> run.registry().close());
    runs.clear();
  }
}
