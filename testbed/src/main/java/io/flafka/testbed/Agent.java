package io.flafka.testbed;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Flume agent: {@code flume-ng agent --conf ... --conf-file ... --name ...}.
 *
 * <p>Closing it asks it to end; {@link #process} kills it.
 */
public final class Agent implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final JavaProcess process;

  private Agent(JavaProcess process) {
    this.process = process;
  }

  /**
   * What to run.
   *
   * @param home the Flume home to run it from
   * @param conf the folder with flume-env.sh and log4j2.xml
   * @param confFile the agent's configuration
   * @param name the agent's name in it
   * @param environment what the configuration reads as {@code ${env:...}}
   */
  public record Spec(
      FlumeHome home, Path conf, Path confFile, String name, Map<String, String> environment) {

    /** The same with one more environment variable. */
    public Spec with(String variable, String value) {
      Map<String, String> more = new LinkedHashMap<>(environment);
      more.put(variable, value);
      return new Spec(home, conf, confFile, name, more);
    }

    List<String> command() {
      return new ArrayList<>(
          List.of(
              home.launcher().toString(),
              "agent",
              "--conf",
              conf.toString(),
              "--conf-file",
              confFile.toString(),
              "--name",
              name));
    }
  }

  /**
   * Starts an agent; what it says goes to {@code <name>.log} in the directory, and what it must
   * remember to {@code home} in it.
   *
   * @param options added to the command line
   */
  public static Agent start(
      Spec spec, Path directory, JavaProcess.Lifetime lifetime, String... options)
      throws IOException {
    List<String> command = spec.command();
    command.add("-Dflafka.home=" + directory.resolve("home"));
    command.addAll(List.of(options));
    return new Agent(
        JavaProcess.start(spec.name(), directory, lifetime, spec.environment(), command));
  }

  public JavaProcess process() {
    return process;
  }

  /** Waits until a line of its log holds a text. */
  public void awaitLog(String text) {
    process.readyWithin(
        START_LIMIT, () -> process.logLines().stream().anyMatch(line -> line.contains(text)));
  }

  /**
   * The first line that it logged as an error.
   *
   * @throws IllegalStateException if it logged nothing at all so far, which proves nothing
   */
  public Optional<String> firstError() {
    List<String> lines = process.logLines();
    if (lines.stream().noneMatch(line -> line.contains(" INFO "))) {
      throw new IllegalStateException(process + " has no log:\n" + process.lastLines(20));
    }
    return lines.stream()
        .filter(line -> line.contains(" ERROR ") || line.contains(" FATAL "))
        .findFirst();
  }

  /** Asks it to end, and says whether it did so in time by itself. */
  public boolean stop() {
    return process.terminate(STOP_LIMIT);
  }

  @Override
  public void close() {
    stop();
  }
}
