package io.flafka.testbed.command;

import io.flafka.testbed.Agent;
import io.flafka.testbed.TopicCount;
import io.flafka.testbed.weblogs.LandedFiles;
import io.flafka.testbed.weblogs.LineTally;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.FileSystem;

/**
 * Moves logs into the spooling directory, and watches until all their lines have landed. Meanwhile
 * it kills the agent, if that is wanted.
 */
final class Run implements AutoCloseable {
  /** In the testbed's directory. */
  static final String SPOOL = "spool";

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration GLANCE = Duration.ofMillis(250);

  /** To see a landing, which is over in less than a glance. */
  private static final Duration BLINK = Duration.ofMillis(2);

  /** About what it takes from a manifest to the last file's final name. */
  private static final Duration LANDING = Duration.ofMillis(150);

  private final MortalAgent agent;
  private final Kills kills;
  private final LogFiles files;
  private final Path staging;
  private final Path spool;
  private final TopicCount topic;
  private final LineTally tally = new LineTally();
  private final LandedFiles landed;
  private final Progress.Display display =
      new Progress.Display(System.out, Boolean.getBoolean("flafka.terminal"));
  private int filesSpooled;
  private Progress progress = Progress.NONE;
  private long lastMove = System.nanoTime();
  private boolean errorShown;

  /** What agents that were killed had pending, which says nothing about the one that runs. */
  private Set<org.apache.hadoop.fs.Path> deadManifests = Set.of();

  Run(
      RunningTestbed testbed,
      FileSystem hdfs,
      MortalAgent agent,
      Kills kills,
      LogFiles files,
      Path directory) {
    this.agent = agent;
    this.kills = kills;
    this.files = files;
    this.staging = directory.resolve("staging");
    this.spool = directory.resolve(SPOOL);
    this.topic =
        new TopicCount(testbed.bootstrapServers(), Quickstart.TOPIC, Quickstart.PARTITIONS);
    this.landed =
        new LandedFiles(hdfs, new org.apache.hadoop.fs.Path(Quickstart.LANDING), tally::out);
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
    while (files.hasNext() || progress.landed() < progress.spooled()) {
      if (files.hasNext()) {
        sendNext();
      } else {
        look();
        LockSupport.parkNanos(GLANCE.toNanos());
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (thenStop && !agent.current().stop()) {
      display.say("The agent had to be killed; its log ends:\n" + lastLines(20));
    }
    show();
    display.say("");
    return new Result(
        progress.spooled(),
        topic.exactly(),
        progress.landed(),
        tally.lost(),
        tally.doubled(),
        kills.done(),
        landed.unfinished(!thenStop),
        seconds);
  }

  private void sendNext() throws IOException {
    long before = topic.about();
    spoolNext();
    look();
    while (kills.isDue(filesSpooled)) {
      kill(kills.next(), before);
      before = topic.about();
    }
  }

  private void spoolNext() throws IOException {
    Path file = files.next(staging);
    long lines;
    try (InputStream in = Files.newInputStream(file)) {
      lines = tally.in(in);
    }
    Files.move(file, spool.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    filesSpooled++;
    moved(new Progress(progress.spooled() + lines, progress.records(), progress.landed()));
  }

  private void kill(Kills.Kill kill, long before) throws IOException {
    if (kill.moment() == Kills.Moment.READING) {
      awaitRecords(before + Math.round(kill.part() * (progress.spooled() - before)));
    } else {
      awaitLanding();
      LockSupport.parkNanos(Math.round(kill.part() * LANDING.toNanos()));
    }
    agent.kill();
    deadManifests = landed.pendingManifests();
    agent.start();
    lastMove = System.nanoTime();
    display.say("agent killed (%d of %d), started again".formatted(kills.done(), kills.count()));
  }

  private void awaitRecords(long goal) throws IOException {
    while (topic.about() < goal) {
      look();
      LockSupport.parkNanos(BLINK.toNanos());
    }
  }

  /** Or until there is nothing to be landed any more. */
  private void awaitLanding() throws IOException {
    long looked = System.nanoTime();
    while (!isLanding() && progress.landed() < progress.spooled()) {
      if (System.nanoTime() - looked > GLANCE.toNanos()) {
        look();
        looked = System.nanoTime();
      }
      LockSupport.parkNanos(BLINK.toNanos());
    }
  }

  private boolean isLanding() throws IOException {
    return !deadManifests.containsAll(landed.pendingManifests());
  }

  /** Shows how far it is, and sees that it goes on. */
  private void look() throws IOException {
    show();
    checkAgent(System.nanoTime() - lastMove);
  }

  private void show() throws IOException {
    Progress now = new Progress(progress.spooled(), topic.about(), landed.read());
    display.show(now);
    if (!now.equals(progress)) {
      moved(now);
    }
  }

  private void moved(Progress now) {
    progress = now;
    lastMove = System.nanoTime();
  }

  private void checkAgent(long stillNanos) {
    Agent current = agent.current();
    Optional<String> error = current.firstError();
    if (error.isPresent() && !errorShown) {
      errorShown = true;
      display.say("The agent says: " + error.get());
    }
    if (!current.process().isAlive()) {
      throw new IllegalStateException("the agent died; its log ends:\n" + lastLines(30));
    }
    if (stillNanos > PATIENCE.toNanos()) {
      throw new IllegalStateException(
          "nothing has moved for %d s; the agent's log ends:%n%s"
              .formatted(PATIENCE.toSeconds(), lastLines(30)));
    }
  }

  private String lastLines(int count) {
    return agent.current().process().lastLines(count);
  }

  @Override
  public void close() {
    topic.close();
  }
}
