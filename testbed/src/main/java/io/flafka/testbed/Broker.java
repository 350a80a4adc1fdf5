package io.flafka.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * One Kafka node in KRaft mode, broker and controller at once.
 *
 * <p>Its ports and its data stay the same over {@link #kill} and {@link #restart}.
 */
public final class Broker implements AutoCloseable {
  /** The testbed's own note among a broker's settings: the cluster's id. */
  private static final String CLUSTER = "flafka.testbed.cluster.id";

  /** Enough for a machine that has much else to do; one that dies is noticed at once. */
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration CALL_LIMIT = Duration.ofSeconds(30);

  private final Path directory;
  private final JavaProcess.Lifetime lifetime;
  private final Properties settings;
  private final String bootstrapServers;
  private JavaProcess process;

  private Broker(
      Path directory, JavaProcess.Lifetime lifetime, Properties settings, String bootstrapServers)
      throws IOException {
    this.directory = directory;
    this.lifetime = lifetime;
    this.settings = settings;
    this.bootstrapServers = bootstrapServers;
    this.process = launch(directory, lifetime);
  }

  /**
   * Formats the storage with Kafka's own tool, starts a broker, and waits until it serves.
   *
   * @param directory for configuration, data and log
   * @param settings broker settings beside the testbed's own, which they override
   */
  public static Broker start(
      Path directory, JavaProcess.Lifetime lifetime, Map<String, String> settings)
      throws IOException {
    return start(directory, lifetime, List.of(), settings);
  }

  /**
   * The same with more listeners.
   *
   * @param listeners {@code <name>://<host>:<port>} each, beside the plain one of the testbed
   */
  static Broker start(
      Path directory,
      JavaProcess.Lifetime lifetime,
      List<String> listeners,
      Map<String, String> settings)
      throws IOException {
    String address = "127.0.0.1:" + Ports.free();
    Properties all = settings(directory, address, listeners, settings);
    all.put(CLUSTER, Uuid.randomUuid().toString());
    return start(directory, lifetime, all, address);
  }

  /**
   * Starts a broker that joins this one's cluster, with the same settings.
   *
   * @param node its id; this one's is 1
   */
  Broker join(Path directory, int node) throws IOException {
    String address = "127.0.0.1:" + Ports.free();
    Properties joining = new Properties();
    joining.putAll(settings);
    joining.put("process.roles", "broker");
    joining.put("node.id", Integer.toString(node));
    joining.put("listeners", "PLAINTEXT://" + address);
    joining.put("log.dirs", directory.resolve("data").toString());
    return start(directory, lifetime, joining, address);
  }

  private static Broker start(
      Path directory, JavaProcess.Lifetime lifetime, Properties settings, String address)
      throws IOException {
    Files.createDirectories(directory);
    write(directory, settings);
    tool(
        directory,
        lifetime,
        "kafka.tools.StorageTool",
        "format",
        "--cluster-id",
        settings.getProperty(CLUSTER),
        "--config",
        configuration(directory).toString());
    Broker broker = new Broker(directory, lifetime, settings, address);
    broker.awaitReady();
    return broker;
  }

  private static Properties settings(
      Path directory, String address, List<String> listeners, Map<String, String> extra) {
    String controller = "127.0.0.1:" + Ports.free();
    List<String> all = new ArrayList<>(listeners);
    all.add("PLAINTEXT://" + address);
    all.add("CONTROLLER://" + controller);
    Properties settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@" + controller);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("listeners", String.join(",", all));
    settings.put("log.dirs", directory.resolve("data").toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "4");
    // A transaction that is over its time is ended within a second, not within ten.
    settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // So that tests need not wait for long until the group misses a killed member.
    settings.put("group.min.session.timeout.ms", "1000");
    // A killed broker that comes back waits until the controller has given it up.
    settings.put("broker.session.timeout.ms", "2000");
    settings.put("broker.heartbeat.interval.ms", "500");
    settings.putAll(extra);
    return settings;
  }

  private static void write(Path directory, Properties settings) throws IOException {
    try (var out = Files.newBufferedWriter(configuration(directory))) {
      settings.store(out, null);
    }
  }

  private static Path configuration(Path directory) {
    return directory.resolve("server.properties");
  }

  private static void tool(
      Path directory, JavaProcess.Lifetime lifetime, String mainClass, String... arguments)
      throws IOException {
    run("format", directory, lifetime, "256m", mainClass, List.of(arguments))
        .succeedWithin(START_LIMIT);
  }

  private static JavaProcess launch(Path directory, JavaProcess.Lifetime lifetime)
      throws IOException {
    return run(
        "broker",
        directory,
        lifetime,
        "768m",
        "kafka.Kafka",
        List.of(configuration(directory).toString()));
  }

  private static JavaProcess run(
      String name,
      Path directory,
      JavaProcess.Lifetime lifetime,
      String heap,
      String mainClass,
      List<String> arguments)
      throws IOException {
    Path log4j = Resources.copy("kafka-log4j2.xml", directory);
    return JavaProcess.start(
        name,
        directory,
        lifetime,
        Map.of(),
        JavaProcess.command(
            Home.KAFKA.jars(),
            List.of("-Xmx" + heap, "-XX:+UseSerialGC", "-Dlog4j2.configurationFile=" + log4j),
            mainClass,
            arguments));
  }

  private void awaitReady() {
    try (Admin admin = admin()) {
      DescribeClusterOptions soon = new DescribeClusterOptions().timeoutMs(500);
      process.readyWithin(START_LIMIT, () -> !admin.describeCluster(soon).nodes().get().isEmpty());
    }
  }

  /** Lets it live on when this JVM ends, if it is FREE. */
  public void release() {
    process.release();
  }

  /** {@code host:port}, for clients. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  public JavaProcess process() {
    return process;
  }

  /** A client for administration; the caller closes it. */
  public Admin admin() {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            AdminClientConfig.CLIENT_ID_CONFIG,
            "flafka-testbed"));
  }

  /** Creates a topic, and returns its name. */
  public String createTopic(String name, int partitions) {
    return createTopic(name, partitions, Map.of());
  }

  /** Creates a topic with settings of its own, and returns its name. */
  public String createTopic(String name, int partitions, Map<String, String> settings) {
    try (Admin admin = admin()) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings)))
          .all()
          .get(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS);
      awaitLeaders(admin, name, partitions);
      return name;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while creating topic " + name, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Can't create topic " + name, e);
    }
  }

  /**
   * A partition answers when it has a leader. An idempotent producer that is faster can end up with
   * its second batch written and its first one refused for ever. A broker may create a topic before
   * it knows of it.
   */
  private static void awaitLeaders(Admin admin, String topic, int partitions) {
    Map<TopicPartition, OffsetSpec> ends =
        IntStream.range(0, partitions)
            .boxed()
            .collect(
                Collectors.toMap(
                    partition -> new TopicPartition(topic, partition),
                    partition -> OffsetSpec.latest()));
    Await.until(
        "topic " + topic + " has leaders",
        CALL_LIMIT,
        () ->
            !admin.listOffsets(ends).all().get(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS).isEmpty());
  }

  /** What a topic takes on the broker's disk, in bytes. */
  public long bytesOnDisk(String topic) {
    try (Admin admin = admin()) {
      return admin
          .describeLogDirs(List.of(1))
          .allDescriptions()
          .get(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS)
          .values()
          .stream()
          .flatMap(folders -> folders.values().stream())
          .flatMap(folder -> folder.replicaInfos().entrySet().stream())
          .filter(replica -> replica.getKey().topic().equals(topic))
          .mapToLong(replica -> replica.getValue().size())
          .sum();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while describing topic " + topic, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Can't describe topic " + topic, e);
    }
  }

  /**
   * Takes all members out of a consumer group, if there is one. Static members stay in it for a
   * session time-out after they have ended, and a new member waits for them.
   */
  public void emptyGroup(String group) {
    try (Admin admin = admin()) {
      long limit = CALL_LIMIT.toSeconds();
      ConsumerGroupDescription described =
          admin
              .describeConsumerGroups(List.of(group))
              .all()
              .get(limit, TimeUnit.SECONDS)
              .get(group);
      if (described != null && !described.members().isEmpty()) {
        admin
            .removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
            .all()
            .get(limit, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while emptying group " + group, e);
    } catch (ExecutionException | TimeoutException e) {
      if (!(e.getCause() instanceof GroupIdNotFoundException)) {
        throw new IllegalStateException("Can't empty group " + group, e);
      }
    }
  }

  /** Ends the broker as a power failure would. */
  public void kill() {
    process.kill();
  }

  /** Starts it again on the same ports and data, and waits until it serves. */
  public void restart() throws IOException {
    process = launch(directory, lifetime);
    awaitReady();
  }

  @Override
  public void close() {
    process.terminate(STOP_LIMIT);
  }
}
