package io.flafka.bench;

import io.flafka.bench.load.BareProducer;
import io.flafka.bench.load.Format;
import io.flafka.bench.load.LogLines;
import io.flafka.bench.load.ReadyBodies;
import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One broker, and one Flume home with the plugin and the bench's source in it. */
final class Rig implements AutoCloseable {
  private static final List<String> HEAP = List.of("-Xms2g", "-Xmx2g");

  /** A deleted topic leaves the disk soon, and not after a minute. */
  private static final Map<String, String> BROKER_SETTINGS =
      Map.of("log.segment.delete.delay.ms", "1000");

  private static final Duration FILL_LIMIT = Duration.ofMinutes(10);

  private final Path folder;
  private final Broker broker;
  private final Offsets offsets;
  private final FlumeHome home;
  private final Path conf;

  private Rig(Path folder, Broker broker, FlumeHome home, Path conf) {
    this.folder = folder;
    this.broker = broker;
    this.offsets = new Offsets(broker);
    this.home = home;
    this.conf = conf;
  }

  /** Starts the broker, and installs the rest, in a folder that is emptied before. */
  static Rig start(Path folder) throws IOException {
    Folders.delete(folder);
    FlumeHome home = FlumeHome.assemble(folder.resolve("flume")).unpack(Tarball.plain());
    Path jar = jar();
    Path lib = Files.createDirectories(home.directory().resolve("plugins.d/bench/lib"));
    Files.copy(jar, lib.resolve(jar.getFileName()));
    Broker broker =
        Broker.start(folder.resolve("broker"), JavaProcess.Lifetime.LEASHED, BROKER_SETTINGS);
    return new Rig(folder, broker, home, conf(folder.resolve("conf")));
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

  private static Path conf(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.copy(Home.root().resolve("conf/log4j2.xml"), folder.resolve("log4j2.xml"));
    Files.writeString(
        folder.resolve("flume-env.sh"),
        "export JAVA_OPTS=\"" + String.join(" ", HEAP) + " -XX:+ExitOnOutOfMemoryError\"\n");
    return folder;
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  Offsets offsets() {
    return offsets;
  }

  void createTopic(String topic) {
    broker.createTopic(topic, Offsets.PARTITIONS);
  }

  /** The keys of a subject's channel. */
  Map<String, String> channel(Subject subject, String topic, String group) {
    Map<String, String> channel = new TreeMap<>(subject.contender().channel());
    channel.put("kafka.bootstrap.servers", bootstrapServers());
    channel.put("kafka.topic", topic);
    channel.put("kafka.consumer.group.id", group);
    channel.put("parseAsFlumeEvent", String.valueOf(subject.parsesAsFlumeEvent()));
    return channel;
  }

  /** Starts an agent; its log stays in the trial's own folder. */
  JavaProcess startAgent(String id, AgentFile file) throws IOException {
    Path own = Files.createDirectories(folder.resolve("trials").resolve(id));
    Path confFile = own.resolve("agent.conf");
    Files.writeString(confFile, file.text());
    Agent.Spec spec = new Agent.Spec(home, conf, confFile, AgentFile.AGENT, Map.of());
    return Agent.start(spec, own, JavaProcess.Lifetime.LEASHED).process();
  }

  /** Starts a class of the bench's own with an agent's heap. */
  JavaProcess startBare(String id, Class<?> mainClass, String... arguments) throws IOException {
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    List<String> options = new ArrayList<>(HEAP);
    options.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    return JavaProcess.start(
        mainClass.getSimpleName(),
        folder.resolve("trials").resolve(id),
        JavaProcess.Lifetime.LEASHED,
        Map.of(),
        JavaProcess.command(classPath, options, mainClass.getName(), List.of(arguments)));
  }

  /** Starts a bare producer of events. */
  JavaProcess startProducer(String id, String topic, Format format, long events)
      throws IOException {
    return startBare(
        id,
        BareProducer.class,
        bootstrapServers(),
        topic,
        format.name(),
        String.valueOf(events),
        String.valueOf(Bench.BYTES));
  }

  /** Makes a topic with so many events in it, and checks that they are all there. */
  void fillTopic(String topic, Format format, long events) throws IOException {
    createTopic(topic);
    JavaProcess producer = startProducer("fill-" + topic, topic, format, events);
    try {
      Await.until(
          "topic " + topic + " is full",
          FILL_LIMIT,
          () -> producer.logLines().contains(LogLines.ALL_PUT));
    } finally {
      producer.kill();
    }
    new Arrivals(new ReadyBodies(Bench.BYTES)).read(bootstrapServers(), topic).check(events);
  }

  /** Stops the broker and deletes its data; the logs stay. */
  @Override
  public void close() {
    offsets.close();
    broker.close();
    try {
      Folders.delete(folder.resolve("broker/data"));
      Folders.delete(folder.resolve("flume"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
