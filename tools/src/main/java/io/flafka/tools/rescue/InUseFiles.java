package io.flafka.tools.rescue;

import io.flafka.hdfs.file.Claim;
import io.flafka.hdfs.file.FileNames;
import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.file.Publisher;
import io.flafka.tools.command.Progress;
import io.flafka.tools.rescue.Finding.Outcome;
import io.flafka.tools.rescue.Finding.Plan;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The files below a directory that sinks had in use, and may still have: what is young is theirs,
 * and so is what a writer holds that lives.
 *
 * <p>What is done with the others is what a sink does with those that it finds noted of a dead one:
 * they are closed, and get their final names as they are; empty ones are deleted; nothing is ever
 * overwritten. For one thread.
 */
final class InUseFiles {
  /** The NameNode takes some seconds to close a file, for it asks the DataNodes. */
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);

  private final HdfsClient hdfs;
  private final Path root;
  private final InUseNames names;
  private final Instant limit;
  private final Progress progress;
  private final List<InUse> found = new ArrayList<>();
  private long younger;
  private long looked;

  /** A file, and what there is to be said of it. */
  private record InUse(FileNames.Names names, Finding finding) {}

  /**
   * @param limit what was changed since is left
   */
  InUseFiles(HdfsClient hdfs, Path root, InUseNames names, Instant limit, Progress progress) {
    this.hdfs = hdfs;
    this.root = hdfs.qualified(root);
    this.names = names;
    this.limit = limit;
    this.progress = progress;
  }

  /** Looks for them in all directories but hidden ones, and changes nothing. */
  List<Finding> look() throws IOException {
    Deque<Path> directories = new ArrayDeque<>(List.of(root));
    while (!directories.isEmpty()) {
      List<FileStatus> entries = hdfs.list(directories.pop());
      Set<String> taken = new HashSet<>();
      entries.forEach(entry -> taken.add(entry.getPath().getName()));
      for (FileStatus entry : entries) {
        progress.step("%,d files looked at", ++looked);
        String name = entry.getPath().getName();
        if (entry.isFile()) {
          Optional<String> published = names.published(name);
          if (published.isPresent()) {
            found(entry, published.get(), taken.contains(published.get()));
          }
        } else if (entry.isDirectory() && !InUseNames.isHidden(name)) {
          directories.push(entry.getPath());
        }
      }
    }
    return found.stream().map(InUse::finding).toList();
  }

  /** How many were found that are too young. */
  long younger() {
    return younger;
  }

  private void found(FileStatus file, String published, boolean taken) throws IOException {
    Instant changed = Instant.ofEpochMilli(file.getModificationTime());
    if (changed.isAfter(limit)) {
      younger++;
      return;
    }
    try {
      boolean closed = hdfs.isClosed(file.getPath());
      FileNames.Names both =
          new FileNames.Names(new Path(file.getPath().getParent(), published), file.getPath());
      found.add(new InUse(both, finding(file, changed, closed, taken, published)));
    } catch (FileNotFoundException e) {
      return; // Its sink has just published it.
    }
  }

  private static Finding finding(
      FileStatus file, Instant changed, boolean closed, boolean taken, String published) {
    Plan plan;
    String words;
    if (closed && file.getLen() == 0) {
      plan = Plan.DELETE;
      words = "delete, since it is empty";
    } else if (taken) {
      plan = Plan.LEAVE;
      words = published + " exists: rename it by hand";
    } else if (closed) {
      plan = Plan.PUBLISH;
      words = "publish";
    } else {
      plan = Plan.CLOSE;
      words = "close and publish, unless its writer lives";
    }
    return new Finding(
        file.getPath().toString(),
        file.getLen(),
        changed.toString(),
        closed ? "closed" : "open",
        plan,
        words);
  }

  /**
   * Does what {@link #look} said.
   *
   * @param report is told of each what became of it, also of those that are left
   */
  void apply(Consumer<Outcome> report) throws InterruptedException {
    List<InUse> closing = new ArrayList<>();
    for (InUse file : found) {
      if (file.finding().plan() == Plan.LEAVE) {
        report.accept(file.finding().left(file.finding().words()));
      } else {
        claim(file, closing, report);
      }
    }
    long start = System.nanoTime();
    while (!closing.isEmpty() && System.nanoTime() - start < PATIENCE) {
      TimeUnit.SECONDS.sleep(1);
      closing.removeIf(file -> isSettled(file, report));
    }
    closing.forEach(
        file -> report.accept(file.finding().left("the NameNode is still closing it: try again")));
  }

  private void claim(InUse file, List<InUse> closing, Consumer<Outcome> report) {
    try {
      Claim claim = hdfs.closeIfAbandoned(file.names().inUse());
      switch (claim.state()) {
        case CLOSED -> report.accept(publish(file));
        case CLOSING -> closing.add(file);
        case HELD ->
            report.accept(file.finding().left("its writer lives (" + claim.reason() + ")"));
      }
    } catch (IOException e) {
      report.accept(failed(file, e));
    }
  }

  private boolean isSettled(InUse file, Consumer<Outcome> report) {
    try {
      if (!hdfs.isClosed(file.names().inUse())) {
        return false;
      }
      report.accept(publish(file));
    } catch (IOException e) {
      report.accept(failed(file, e));
    }
    return true;
  }

  private Outcome publish(InUse file) throws IOException {
    Publisher.Outcome outcome = new Publisher(hdfs).publishLeft(file.names());
    return file.finding()
        .done(
            outcome == Publisher.Outcome.DELETED
                ? "deleted, since it was empty"
                : "published as " + file.names().published().getName());
  }

  private static Outcome failed(InUse file, IOException e) {
    if (e instanceof FileNotFoundException) {
      return file.finding().done("gone: somebody else has renamed or deleted it");
    }
    return file.finding().left(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
  }
}
