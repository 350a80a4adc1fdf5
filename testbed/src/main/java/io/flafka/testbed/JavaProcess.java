package io.flafka.testbed;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JVM of its own, writing to a log file of its own.
 *
 * <p>For any thread; but start, kill and restart from one.
 */
public final class JavaProcess {
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

  /** Options of all JVMs that are LEASHED, in front of their own. */
  private static final String OPTIONS = System.getProperty("flafka.jvm.options", "");

  private final String name;
  private final Path log;
  private final Process process;

  /** Ends what would otherwise outlive this JVM before it was let go. */
  private final Thread reaper;

  private JavaProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    this.reaper = new Thread(process::destroyForcibly, "reaper of " + name);
    Runtime.getRuntime().addShutdownHook(reaper);
  }

  /** How long the process may live. */
  public enum Lifetime {
    /** No longer than this JVM. */
    LEASHED,
    /** Until somebody ends it, from {@link JavaProcess#release} on. */
    FREE
  }

  /**
   * The command line of a JVM: {@code java <options> -cp <class path> <main class> <arguments>}.
   */
  public static List<String> command(
      List<Path> classPath, List<String> options, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(java().toString());
    command.addAll(options);
    command.add("-cp");
    command.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }

  /** The same java that runs this. */
  public static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /**
   * Starts a command that is, or becomes by {@code exec}, a JVM.
   *
   * @param directory its working directory; {@code <name>.log} in it takes all its output
   * @param environment added to this JVM's own, from which what could lead astray is taken away
   */
  public static JavaProcess start(
      String name,
      Path directory,
      Lifetime lifetime,
      Map<String, String> environment,
      List<String> command)
      throws IOException {
    Files.createDirectories(directory);
    Path log = directory.resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    cleanEnvironment(builder.environment());
    builder.environment().putAll(environment);
    if (lifetime == Lifetime.LEASHED) {
      Path leash = directory.resolve(name + "-leash.jar");
      Leash.writeJar(leash);
      builder
          .environment()
          .put("JDK_JAVA_OPTIONS", OPTIONS + " -javaagent:" + leash.toAbsolutePath());
    } else {
      builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    }
    return new JavaProcess(name, log, builder.start());
  }

  /** Takes away what would mix this machine's installations into the testbed's. */
  public static void cleanEnvironment(Map<String, String> environment) {
    environment
        .keySet()
        .removeIf(
            key ->
                Stream.of("HADOOP_", "HDFS_", "KAFKA_", "FLUME_", "HIVE_", "HBASE_", "HCAT_")
                        .anyMatch(key::startsWith)
                    || List.of("JAVA_OPTS", "CLASSPATH", "JDK_JAVA_OPTIONS", "LOG_DIR")
                        .contains(key));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
  }

  /** Lets a process that is FREE live on when this JVM ends. */
  public void release() {
    Runtime.getRuntime().removeShutdownHook(reaper);
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public Path log() {
    return log;
  }

  /** Ends it as a power failure would (SIGKILL), and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    if (!exitsWithin(KILL_LIMIT)) {
      throw new IllegalStateException(this + " survived SIGKILL for " + KILL_LIMIT);
    }
  }

  /**
   * Asks it to end (SIGTERM), and kills it if it doesn't.
   *
   * @return whether it ended by itself within the limit
   */
  public boolean terminate(Duration limit) {
    // Process.destroy would close the pipe, too, and so pull the leash.
    process.toHandle().destroy();
    if (exitsWithin(limit)) {
      return true;
    }
    kill();
    return false;
  }

  /** Stops it without its knowing (SIGSTOP), as a long pause of a virtual machine does. */
  public void pause() {
    signal("STOP");
  }

  /** Lets it go on after {@link #pause} (SIGCONT). */
  public void resume() {
    signal("CONT");
  }

  private void signal(String signal) {
    try {
      int status = new ProcessBuilder("kill", "-" + signal, "" + pid()).start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("kill -" + signal + " " + this + " failed: " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted in kill -" + signal + " " + this, e);
    }
  }

  /** Waits for its end, and says whether it came. */
  public boolean exitsWithin(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the end of " + this, e);
    }
  }

  /**
   * The status that it ended with.
   *
   * @throws IllegalThreadStateException if it is alive
   */
  public int exitStatus() {
    return process.exitValue();
  }

  /** Waits for its end; what it logged is in the message if it failed. */
  public void succeedWithin(Duration limit) {
    if (!exitsWithin(limit)) {
      kill();
      throw new IllegalStateException(this + " took longer than " + limit + ":\n" + lastLines(40));
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException(
          this + " ended with status " + process.exitValue() + ":\n" + lastLines(40));
    }
  }

  /** Waits until it is ready; fails at once when it dies before. */
  void readyWithin(Duration limit, Callable<Boolean> ready) {
    try {
      Await.until(this + " is ready", limit, () -> !isAlive() || ready.call());
    } catch (IllegalStateException e) {
      throw new IllegalStateException(e.getMessage() + "; its log ends:\n" + lastLines(40), e);
    }
    if (!isAlive()) {
      throw new IllegalStateException(this + " died at start; its log ends:\n" + lastLines(40));
    }
  }

  /** The end of its log. */
  public String lastLines(int count) {
    List<String> lines = logLines();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
  }

  /** All of its log so far. */
  public List<String> logLines() {
    try {
      return Files.exists(log)
          ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name + " (pid " + pid() + ")";
  }
}
