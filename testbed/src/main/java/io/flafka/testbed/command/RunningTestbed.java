package io.flafka.testbed.command;

import io.flafka.testbed.Broker;
import io.flafka.testbed.FlumeHome;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.Home;
import io.flafka.testbed.JavaProcess;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * A broker, an HDFS and a Flume home that outlive the command that started them.
 *
 * <p>Where they are is kept in {@code .testbed.properties} in the project; process ids are kept
 * with the instants at which the processes started, so that a later process that was given the same
 * id is never taken for one of ours.
 *
 * @param directory holds all data, logs and the Flume home; it goes when the testbed goes down
 * @param processes name to process id
 */
record RunningTestbed(
    Path directory, String bootstrapServers, String hdfsUri, Map<String, Long> processes) {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final String BOOTSTRAP = "--bootstrap-server";

  static Path stateFile() {
    String given = System.getProperty("flafka.state");
    return given == null ? Home.root().resolve(".testbed.properties") : Path.of(given);
  }

  static RunningTestbed of(Path directory, Broker broker, Hdfs hdfs) {
    Map<String, Long> processes = new LinkedHashMap<>();
    processes.put("datanode", hdfs.dataNode().pid());
    processes.put("namenode", hdfs.nameNode().pid());
    processes.put("broker", broker.process().pid());
    return new RunningTestbed(directory, broker.bootstrapServers(), hdfs.uri(), processes);
  }

  /** The same with one more process, which goes down before the others. */
  RunningTestbed with(String name, long pid) {
    Map<String, Long> more = new LinkedHashMap<>();
    more.put(name, pid);
    more.putAll(processes);
    return new RunningTestbed(directory, bootstrapServers, hdfsUri, more);
  }

  FlumeHome flumeHome() {
    return FlumeHome.at(directory.resolve("flume"));
  }

  /** What the sample configurations read as {@code ${env:...}}. */
  Map<String, String> environment() {
    return Map.of("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers, "HDFS_URI", hdfsUri);
  }

  /** A client of the HDFS; the caller closes it. */
  FileSystem fileSystem() throws IOException {
    return FileSystem.newInstance(URI.create(hdfsUri), new Configuration());
  }

  /** A client of the broker; the caller closes it. */
  Admin admin() {
    return Admin.create(
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) bootstrapServers));
  }

  void save() throws IOException {
    Properties state = new Properties();
    state.put("directory", directory.toString());
    state.put("bootstrap.servers", bootstrapServers);
    state.put("hdfs.uri", hdfsUri);
    state.put("processes", String.join(" ", processes.keySet()));
    processes.forEach(
        (name, pid) -> {
          state.put(name + ".pid", "" + pid);
          state.put(name + ".start", ProcessHandle.of(pid).map(RunningTestbed::start).orElse(""));
        });
    try (Writer out = Files.newBufferedWriter(stateFile())) {
      state.store(out, "The testbed that is up; ./testbed.sh down stops it");
    }
  }

  /** The testbed that is up, if one is: its processes are those that still run. */
  static Optional<RunningTestbed> load() throws IOException {
    if (!Files.exists(stateFile())) {
      return Optional.empty();
    }
    Properties state = new Properties();
    try (Reader in = Files.newBufferedReader(stateFile())) {
      state.load(in);
    }
    Map<String, Long> processes = new LinkedHashMap<>();
    for (String name : state.getProperty("processes").split(" ")) {
      long pid = Long.parseLong(state.getProperty(name + ".pid"));
      ProcessHandle.of(pid)
          .filter(handle -> start(handle).equals(state.getProperty(name + ".start")))
          .ifPresent(handle -> processes.put(name, pid));
    }
    return Optional.of(
        new RunningTestbed(
            Path.of(state.getProperty("directory")),
            state.getProperty("bootstrap.servers"),
            state.getProperty("hdfs.uri"),
            processes));
  }

  private static String start(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toString).orElse("");
  }

  /** Ends the processes, one after another, and deletes the data and the state. */
  void stop() throws IOException {
    processes.values().forEach(pid -> ProcessHandle.of(pid).ifPresent(RunningTestbed::end));
    Folders.delete(directory);
    Files.deleteIfExists(stateFile());
  }

  private static void end(ProcessHandle handle) {
    handle.destroy();
    try {
      handle.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      handle.destroyForcibly();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Can't wait for process " + handle.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Runs a tool against this testbed, with this process's own input and output.
   *
   * @return its exit status
   */
  int run(Tool tool, List<String> arguments) throws IOException, InterruptedException {
    return builder(tool, arguments).inheritIO().start().waitFor();
  }

  /**
   * Runs the plugin's own command against this testbed, with this process's own input and output.
   *
   * @return its exit status
   */
  int flafka(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(flumeHome().flafka().toString());
    command.addAll(arguments);
    // What names a topic or an id names Kafka's things.
    if (names(command, "--topic", "--transactional-id") && !names(command, BOOTSTRAP, "--help")) {
      command.addAll(List.of(BOOTSTRAP, bootstrapServers));
    }
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    JavaProcess.cleanEnvironment(builder.environment());
    builder.environment().put("HADOOP_CONF_DIR", conf().toString());
    return builder.start().waitFor();
  }

  private static boolean names(List<String> command, String... options) {
    return Stream.of(options)
        .anyMatch(
            option ->
                command.stream()
                    .anyMatch(word -> word.equals(option) || word.startsWith(option + "=")));
  }

  /** Hadoop's configuration files. */
  private Path conf() {
    return directory.resolve("hdfs/conf");
  }

  /** The output of a tool. */
  String output(Tool tool, List<String> arguments) throws IOException, InterruptedException {
    Process process =
        builder(tool, arguments)
            .redirectError(new File("/dev/null"))
            .redirectInput(new File("/dev/null"))
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(tool + " " + String.join(" ", arguments) + " ended with " + status);
    }
    return output;
  }

  private ProcessBuilder builder(Tool tool, List<String> arguments) {
    ProcessBuilder builder = new ProcessBuilder(command(tool, arguments));
    JavaProcess.cleanEnvironment(builder.environment());
    return builder;
  }

  private List<String> command(Tool tool, List<String> arguments) {
    List<Path> classPath = new ArrayList<>();
    classPath.add(conf());
    classPath.addAll(tool.home().jars());
    List<String> all = new ArrayList<>(arguments);
    if (tool.home() == Home.KAFKA && !names(all, BOOTSTRAP)) {
      all.addAll(List.of(BOOTSTRAP, bootstrapServers));
    }
    return JavaProcess.command(
        classPath,
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dlog4j2.configurationFile=" + directory.resolve("broker/kafka-log4j2.xml"),
            "-Dlog4j.configuration=" + directory.resolve("hdfs/hadoop-log4j.properties").toUri()),
        tool.mainClass(),
        all);
  }
}
