package io.flafka.testbed.command;

import io.flafka.testbed.Agent;
import io.flafka.testbed.weblogs.LandedFiles;
import io.flafka.testbed.weblogs.LineTally;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.FileSystem;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Moves logs into the spooling directory, and watches until all their lines have landed. */
final class Run implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration GLANCE = Duration.ofMillis(250);
  private static final long CALL_SECONDS = 30;

  private final Agent agent;
  private final LogFiles files;
  private final Path staging;
  private final Path spool;
  private final Admin admin;
  private final LineTally tally = new LineTally();
  private final LandedFiles landed;
  private final Progress.Display display =
      new Progress.Display(System.out, Boolean.getBoolean("flafka.terminal"));
  private boolean errorShown;

  Run(
      RunningTestbed testbed,
      FileSystem hdfs,
      Agent agent,
      LogFiles files,
      Path staging,
      Path spool) {
    this.agent = agent;
    this.files = files;
    this.staging = staging;
    this.spool = spool;
    this.admin = testbed.admin();
    this.landed = new LandedFiles(hdfs, new org.apache.hadoop.fs.Path(Quickstart.LANDING), tally);
  }

  /** How it came out; without a reason it came out well. */
  record Result(Progress progress, long lost, long doubled, double seconds) {
    String table() {
      List<String> rows = new ArrayList<>();
      rows.add("%-20s %,15d".formatted("lines in", progress.spooled()));
      rows.add("%-20s %,15d".formatted("records in the topic", progress.records()));
      rows.add("%-20s %,15d".formatted("lines landed", progress.landed()));
      rows.add("%-20s %,15d".formatted("lost", lost));
      rows.add("%-20s %,15d".formatted("doubled", doubled));
      rows.add("%-20s %,15.1f".formatted("seconds", seconds));
      rows.add("%-20s %,15.0f".formatted("lines per second", progress.landed() / seconds));
      return "\n" + String.join("\n", rows);
    }

    Optional<String> reason() {
      return lost == 0 && doubled == 0
          ? Optional.empty()
          : Optional.of("%,d lines lost and %,d doubled".formatted(lost, doubled));
    }
  }

  /**
   * Sends everything, and waits for it.
   *
   * @param thenStop whether to stop the agent before the last look
   * @throws IllegalStateException if the agent dies, or nothing moves for {@link #PATIENCE}
   */
  Result untilAllLanded(boolean thenStop) throws IOException {
    Files.createDirectories(staging);
    long start = System.nanoTime();
    long lastMove = start;
    Progress progress = Progress.NONE;
    while (files.hasNext() || progress.landed() < progress.spooled()) {
      long spooled = progress.spooled() + (files.hasNext() ? spoolNext() : 0);
      Progress now = new Progress(spooled, records(), landed.read());
      display.show(now);
      if (!now.equals(progress)) {
        lastMove = System.nanoTime();
        progress = now;
      }
      checkAgent(System.nanoTime() - lastMove);
      if (!files.hasNext()) {
        LockSupport.parkNanos(GLANCE.toNanos());
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (thenStop && !agent.stop()) {
      display.say("The agent had to be killed; its log ends:\n" + agent.process().lastLines(20));
    }
    progress = new Progress(progress.spooled(), records(), landed.read());
    display.show(progress);
    display.say("");
    return new Result(progress, tally.lost(), tally.doubled(), seconds);
  }

  private long spoolNext() throws IOException {
    Path file = files.next(staging);
    long lines;
    try (InputStream in = Files.newInputStream(file)) {
      lines = tally.in(in);
    }
    Files.move(file, spool.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    return lines;
  }

  private void checkAgent(long stillNanos) {
    Optional<String> error = agent.firstError();
    if (error.isPresent() && !errorShown) {
      errorShown = true;
      display.say("The agent says: " + error.get());
    }
    if (!agent.process().isAlive()) {
      throw new IllegalStateException(
          "the agent died; its log ends:\n" + agent.process().lastLines(30));
    }
    if (stillNanos > PATIENCE.toNanos()) {
      throw new IllegalStateException(
          "nothing has moved for %d s; the agent's log ends:%n%s"
              .formatted(PATIENCE.toSeconds(), agent.process().lastLines(30)));
    }
  }

  private long records() {
    try {
      Map<TopicPartition, OffsetSpec> first = new HashMap<>();
      Map<TopicPartition, OffsetSpec> last = new HashMap<>();
      for (int partition = 0; partition < Quickstart.PARTITIONS; partition++) {
        TopicPartition key = new TopicPartition(Quickstart.TOPIC, partition);
        first.put(key, OffsetSpec.earliest());
        last.put(key, OffsetSpec.latest());
      }
      return offsets(last) - offsets(first);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Can't read the offsets of " + Quickstart.TOPIC, e);
    }
  }

  private long offsets(Map<TopicPartition, OffsetSpec> specs)
      throws InterruptedException, ExecutionException, TimeoutException {
    return admin.listOffsets(specs).all().get(CALL_SECONDS, TimeUnit.SECONDS).values().stream()
        .mapToLong(result -> result.offset())
        .sum();
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
  }
}
