package io.flafka.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.flafka.chaos.step.Byteman;
import io.flafka.chaos.step.KillRule;
import io.flafka.testbed.Agent;
import io.flafka.testbed.FlumeHome;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An agent with a spooling directory of its own, which lives again and again. What each life logs
 * is in a folder of its own. For one thread, but for what concerns the spooling directory.
 */
final class Carrier implements AutoCloseable {
  private final String name;
  private final Pipeline pipeline;
  private final String more;
  private final Surroundings around;
  private final Path disk;
  private final Path folder;
  private final Path spool;
  private int life;
  private int generation;
  private Agent agent;

  /**
   * What all carriers share.
   *
   * @param rules that they follow in each life, for Byteman
   */
  record Surroundings(Stage.Addresses addresses, FlumeHome home, Path conf, String rules) {}

  /**
   * Starts its first life.
   *
   * @param more of its configuration
   * @param disk where its spooling directory is to be
   * @param folder for all else
   */
  Carrier(String name, Pipeline pipeline, String more, Surroundings around, Path disk, Path folder)
      throws IOException {
    this.name = name;
    this.pipeline = pipeline;
    this.more = more;
    this.around = around;
    this.disk = disk;
    this.folder = Files.createDirectories(folder);
    this.spool = Files.createDirectories(disk.resolve("spool"));
    this.agent = live("");
  }

  String name() {
    return name;
  }

  Path spool() {
    return spool;
  }

  /** For files that aren't complete, on the file system of the spooling directory. */
  Path disk() {
    return disk;
  }

  /** How many files it has not finished. */
  long waiting() throws IOException {
    try (Stream<Path> files = Files.list(spool)) {
      return files.filter(file -> file.toString().endsWith(".log")).count();
    }
  }

  /** Makes room, as somebody has to where files are renamed when they are done. */
  void deleteRenamed() throws IOException {
    try (Stream<Path> files = Files.list(spool)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".COMPLETED")).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Agent live(String more) throws IOException {
    life++;
    Path own = life(life);
    configure();
    Path file = folder.resolve("agent.conf");
    Agent.Spec spec = new Agent.Spec(around.home(), around.conf(), file, "agent1", Map.of());
    List<String> options = new ArrayList<>(List.of("-Dflafka.home=" + folder.resolve("home")));
    String rules = around.rules() + more;
    if (!rules.isEmpty()) {
      options.addAll(List.of(Byteman.options(rules, folder.resolve("rules.btm"))));
    }
    return Agent.start(spec, own, JavaProcess.Lifetime.LEASHED, options.toArray(String[]::new));
  }

  private Path life(int number) {
    return folder.resolve("life-" + number);
  }

  private void configure() throws IOException {
    Files.writeString(
        folder.resolve("agent.conf"),
        pipeline.configuration(name, spool, around.addresses(), generation) + more);
  }

  /** Whether it has not ended by itself. */
  boolean isAlive() {
    return agent.process().isAlive();
  }

  /** Starts its next life. */
  void start() throws IOException {
    agent = live("");
  }

  /** Starts a life that ends where rules say. */
  void startToDieAt(String rules) throws IOException {
    agent = live(rules);
  }

  /** Whether it has ended, and of rules. */
  boolean diedOfRules() {
    return !isAlive() && agent.process().exitStatus() == KillRule.STATUS;
  }

  /** As a power failure. */
  void kill() {
    agent.process().kill();
  }

  /** Asks it to end; whether it did so in time. */
  boolean stop() {
    return agent.stop();
  }

  void pause() {
    agent.process().pause();
  }

  void resume() {
    agent.process().resume();
  }

  /** Whether it ends within some time. */
  boolean endsWithin(Duration time) {
    return agent.process().exitsWithin(time);
  }

  /** Changes its configuration; whether it has taken notice. */
  boolean reload(Duration limit) throws IOException {
    long before = reloads();
    generation++;
    configure();
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end && isAlive()) {
      if (reloads() > before) {
        return true;
      }
      agent.process().exitsWithin(Duration.ofMillis(500));
    }
    return false;
  }

  private long reloads() {
    return agent.process().logLines().stream()
        .filter(line -> line.contains("Reloading configuration file"))
        .count();
  }

  /** Whether something stands in the log of one of its lives. */
  boolean hasLogged(String text) throws IOException {
    for (int one = 1; one <= life; one++) {
      Path log = life(one).resolve("agent1.log");
      try (Stream<String> lines = Files.lines(log, ISO_8859_1)) {
        if (lines.anyMatch(line -> line.contains(text))) {
          return true;
        }
      }
    }
    return false;
  }

  /** The end of what its present life has logged. */
  String lastLines(int count) {
    return agent.process().lastLines(count);
  }

  @Override
  public void close() {
    agent.close();
  }
}
