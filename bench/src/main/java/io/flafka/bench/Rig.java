package io.flafka.bench;

import io.flafka.testbed.Agent;
import io.flafka.testbed.FlumeHome;
import io.flafka.testbed.Home;
import io.flafka.testbed.JavaProcess;
import io.flafka.testbed.Tarball;
import io.flafka.testbed.command.Folders;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One Flume home with the plugin and the bench's components in it, and what scenarios share: a
 * broker, an HDFS and the lines of web logs, all made when they are asked for first. For one
 * thread.
 */
final class Rig implements AutoCloseable {
  /** What an agent's environment says for another heap, in options of its JVM. */
  static final String HEAP_VARIABLE = "BENCH_HEAP";

  /** What it says for HDFS blocks of another size, in bytes. */
  static final String BLOCK_VARIABLE = "BENCH_BLOCK";

  private static final List<String> HEAP = List.of("-Xms2g", "-Xmx2g");

  /** Of conf/flume-env.sh, and so of every subject. */
  private static final String COLLECTOR = "-XX:+UseParallelGC";

  private static final long LINES_A_FILE = 250_000;

  private final Path folder;
  private final FlumeHome home;
  private final Path conf;
  private final List<String> options;
  private @Nullable Topics topics;
  private @Nullable Warehouse warehouse;
  private final Map<String, Weblogs> weblogs = new HashMap<>();

  private Rig(Path folder, FlumeHome home, Path conf, List<String> options) {
    this.folder = folder;
    this.home = home;
    this.conf = conf;
    this.options = options;
  }

  /**
   * Installs what agents need, in a folder that is emptied before.
   *
   * @param more options of the subjects' JVMs
   */
  static Rig start(Path folder, List<String> more) throws IOException {
    List<String> options = new ArrayList<>(List.of(COLLECTOR));
    options.addAll(more);
    Folders.delete(folder);
    FlumeHome home = FlumeHome.assemble(folder.resolve("flume")).unpack(Tarball.withHadoop());
    Path jar = jar();
    Path lib = Files.createDirectories(home.directory().resolve("plugins.d/bench/lib"));
    Files.copy(jar, lib.resolve(jar.getFileName()));
    return new Rig(folder, home, conf(folder.resolve("conf"), options), options);
  }

  private static Path jar() throws IOException {
    Path target = Home.root().resolve("bench/target");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().matches("flafka-bench-.*\\.jar"))
          .findFirst()
          .orElseThrow(
              () ->
                  new IOException(
                      "No flafka-bench-*.jar in " + target + ": run mvn -Dquick package"));
    }
  }

  private static Path conf(Path folder, List<String> options) throws IOException {
    Files.createDirectories(folder);
    Files.copy(Home.root().resolve("conf/log4j2.xml"), folder.resolve("log4j2.xml"));
    Files.writeString(
        folder.resolve("flume-env.sh"),
        "export JAVA_OPTS=\"${%s:-%s} %s -XX:+ExitOnOutOfMemoryError\"\n"
            .formatted(HEAP_VARIABLE, String.join(" ", HEAP), String.join(" ", options)));
    Files.writeString(
        folder.resolve("hdfs-site.xml"),
        """
        <configuration>
          <property><name>dfs.replication</name><value>1</value></property>
          <property><name>dfs.blocksize</name><value>${env.%s:-134217728}</value></property>
        </configuration>
        """
            .formatted(BLOCK_VARIABLE));
    return folder;
  }

  /** A broker's topics; the broker is started when they are asked for first. */
  Topics topics() throws IOException {
    if (topics == null) {
      topics = Topics.start(folder.resolve("broker"), this);
    }
    return topics;
  }

  /** Folders in HDFS, which is started when they are asked for first. */
  Warehouse warehouse() throws IOException {
    if (warehouse == null) {
      warehouse = Warehouse.start(folder.resolve("hdfs"));
    }
    return warehouse;
  }

  /**
   * Files of web-log lines that nobody may change; those of the same shape are written once.
   *
   * @param each how many lines a file has
   */
  Weblogs weblogs(long lines, long each) throws IOException {
    return weblogs(lines, each, Weblogs.AS_THEY_ARE);
  }

  private Weblogs weblogs(long lines, long each, int length) throws IOException {
    String name = lines + "-" + each + "-" + length;
    Weblogs known = weblogs.get(name);
    if (known == null) {
      known = Weblogs.write(folder.resolve("weblogs").resolve(name), lines, each, length);
      weblogs.put(name, known);
    }
    return known;
  }

  /**
   * The same, in large files.
   *
   * @param least how many files there are at least, if there are as many lines
   */
  Weblogs largeWeblogs(long lines, long least) throws IOException {
    return largeWeblogs(lines, least, Weblogs.AS_THEY_ARE);
  }

  /**
   * The same with lines of one length.
   *
   * @param length bytes of a line
   */
  Weblogs largeWeblogs(long lines, long least, int length) throws IOException {
    return weblogs(lines, Math.max(1, Math.min(LINES_A_FILE, lines / least)), length);
  }

  /** The trial's own folder. */
  Path folder(String id) {
    return folder.resolve("trials").resolve(id);
  }

  /** Starts an agent; its log stays in the trial's own folder. */
  JavaProcess startAgent(String id, AgentFile file) throws IOException {
    return startAgent(id, file.text(), Map.of());
  }

  /**
   * The same with a configuration as it is.
   *
   * @param environment what it reads as {@code ${env:...}}, and {@link #HEAP_VARIABLE} and {@link
   *     #BLOCK_VARIABLE}
   */
  JavaProcess startAgent(String id, String text, Map<String, String> environment)
      throws IOException {
    Path own = Files.createDirectories(folder(id));
    Path confFile = own.resolve("agent.conf");
    Files.writeString(confFile, text);
    Agent.Spec spec = new Agent.Spec(home, conf, confFile, AgentFile.AGENT, environment);
    return Agent.start(spec, own, JavaProcess.Lifetime.LEASHED).process();
  }

  /** Starts a class of the bench's own with an agent's heap. */
  JavaProcess startBare(String id, Class<?> mainClass, String... arguments) throws IOException {
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    return startJvm(id, classPath, List.of(), mainClass.getName(), List.of(arguments));
  }

  /** Starts any class with an agent's heap. */
  JavaProcess startJvm(
      String id, List<Path> classPath, List<String> more, String mainClass, List<String> arguments)
      throws IOException {
    List<String> all = new ArrayList<>(HEAP);
    all.addAll(options);
    all.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    all.addAll(more);
    return JavaProcess.start(
        mainClass.substring(mainClass.lastIndexOf('.') + 1),
        folder(id),
        JavaProcess.Lifetime.LEASHED,
        Map.of(),
        JavaProcess.command(classPath, all, mainClass, arguments));
  }

  /** Stops the broker and HDFS, and deletes all data; the logs stay. */
  @Override
  public void close() {
    if (warehouse != null) {
      warehouse.close();
    }
    if (topics != null) {
      topics.close();
    }
    try {
      Folders.delete(folder.resolve("broker/data"));
      Folders.delete(folder.resolve("hdfs/data"));
      Folders.delete(folder.resolve("flume"));
      Folders.delete(folder.resolve("weblogs"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
