package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Home;
import io.flafka.testbed.SecuredBroker;
import io.flafka.testbed.SecuredBroker.Listener;
import io.flafka.testbed.TestbedExtension;
import io.flafka.testbed.weblogs.LineTally;
import io.flafka.testbed.weblogs.WeblogGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real agents at a secured cluster: as the README tells, with the rights that it tells and no more.
 */
@ExtendWith(TestbedExtension.class)
@Timeout(180)
class SecuredAgentIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String PASSWORD = "secret";
  private static final int LINES = 3_000;

  @TempDir private Path folder;
  private final SecuredBroker broker;
  private final LineTally tally = new LineTally();

  SecuredAgentIT(SecuredBroker broker) {
    this.broker = broker;
  }

  /** The trust store is the whole agent's, as for stock Flume. */
  private Installation install(String topic) throws IOException {
    Installation flume =
        Installation.withHadoop(folder)
            .with("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(Listener.SASL_SSL))
            .with("KAFKA_TOPIC", topic)
            .with("FLUME_SSL_TRUSTSTORE_PATH", broker.trustStore().toString())
            .with("FLUME_SSL_TRUSTSTORE_PASSWORD", broker.storePassword());
    flume.spool(new WeblogGenerator(5, LINES), LINES, tally);
    return flume;
  }

  private String createTopic(String name) {
    return broker.plain().createTopic(name, 2, Map.of("retention.ms", "-1"));
  }

  private void allowPutting(String user, String topic) {
    broker.allow(user, ResourceType.TOPIC, topic, AclOperation.WRITE);
  }

  private void allowTaking(String user, String topic, String group) {
    broker.allow(user, ResourceType.TOPIC, topic, AclOperation.READ);
    broker.allow(user, ResourceType.GROUP, group, AclOperation.READ);
  }

  private void allowExactlyOnce(String user, String transactionalId, String ledger) {
    broker.allow(user, ResourceType.TRANSACTIONAL_ID, transactionalId, AclOperation.WRITE);
    broker.allow(
        user,
        ResourceType.TOPIC,
        ledger,
        AclOperation.READ,
        AclOperation.WRITE,
        AclOperation.CREATE,
        AclOperation.DESCRIBE_CONFIGS);
  }

  /** A sink that writes what a channel holds into a folder of the same name. */
  private String fileSink(String channel) throws IOException {
    Files.createDirectories(output(channel));
    return """
    agent1.sinks.%1$s.type = file_roll
    agent1.sinks.%1$s.channel = %1$s
    agent1.sinks.%1$s.sink.directory = %2$s
    agent1.sinks.%1$s.sink.rollInterval = 0
    """
        .formatted(channel, output(channel));
  }

  private Path output(String channel) {
    return folder.resolve("output").resolve(channel);
  }

  private List<Path> files(String channel) throws IOException {
    try (Stream<Path> files = Files.list(output(channel))) {
      return files.toList();
    }
  }

  private long lines(String channel) throws IOException {
    long count = 0;
    for (Path file : files(channel)) {
      count += Files.readAllLines(file).size();
    }
    return count;
  }

  private void awaitLines(Agent agent, String channel) {
    try {
      Await.until("all have come to " + channel, LIMIT, () -> lines(channel) >= LINES);
    } catch (IllegalStateException e) {
      throw new AssertionError(agent.process().lastLines(60), e);
    }
  }

  private void assertEachLineOnce(String channel) throws IOException {
    for (Path file : files(channel)) {
      try (InputStream in = Files.newInputStream(file)) {
        tally.out(in);
      }
    }
    assertThat(tally.lost()).as("lost").isZero();
    assertThat(tally.doubled()).as("doubled").isZero();
  }

  /** What the README says in its examples about the channel. */
  private static String readme() throws IOException {
    return Files.readAllLines(Home.root().resolve("README.md")).stream()
        .filter(line -> line.startsWith("    agent1.channels.kafka-channel."))
        .map(line -> line.strip() + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void theChannelWorksAsTheReadmeTells() throws Exception {
    String topic = createTopic("secured-weblogs");
    broker.addUser("flume", PASSWORD);
    allowPutting("flume", topic);
    allowTaking("flume", topic, "flume");
    allowExactlyOnce("flume", "agent1-weblogs", "flafka-ledger");
    Installation flume = install(topic).with("KAFKA_PASSWORD", PASSWORD);
    String sample = Files.readString(Home.root().resolve("conf/spooldir_kafkachannel.conf"));
    assertThat(readme()).contains("SASL_SSL").contains("exactly_once");

    try (Agent agent =
        flume.start(
            "readme",
            sample + readme() + "agent1.sinks = kafka-channel\n" + fileSink("kafka-channel"))) {
      awaitLines(agent, "kafka-channel");
      assertThat(agent.firstError()).isEmpty();
      assertThat(agent.process().logLines()).noneMatch(line -> line.contains(PASSWORD));
    }
    assertEachLineOnce("kafka-channel");
  }

  /** Both log in by the one file of the JVM, with a Kafka client of their own. */
  @Test
  void aJaasFileServesAStockChannelBesideOurs() throws Exception {
    String user = "jaas";
    broker.addUser(user, PASSWORD);
    StringBuilder channels = new StringBuilder("agent1.channels = ours stock\n");
    for (String name : List.of("ours", "stock")) {
      String topic = createTopic("secured-" + name);
      allowPutting(user, topic);
      allowTaking(user, topic, topic);
      channels.append(
          """
          agent1.channels.%1$s.type = %2$s
          agent1.channels.%1$s.kafka.bootstrap.servers = ${env:KAFKA_BOOTSTRAP_SERVERS}
          agent1.channels.%1$s.kafka.topic = %3$s
          agent1.channels.%1$s.kafka.consumer.group.id = %3$s
          agent1.channels.%1$s.kafka.producer.security.protocol = SASL_SSL
          agent1.channels.%1$s.kafka.producer.sasl.mechanism = SCRAM-SHA-512
          agent1.channels.%1$s.kafka.consumer.security.protocol = SASL_SSL
          agent1.channels.%1$s.kafka.consumer.sasl.mechanism = SCRAM-SHA-512
          """
              .formatted(
                  name,
                  name.equals("ours")
                      ? "io.flafka.KafkaChannel"
                      : "org.apache.flume.channel.kafka.KafkaChannel",
                  topic));
    }
    Installation flume =
        install("")
            .with(
                "FLUME_JAVA_OPTS",
                "-Djava.security.auth.login.config=" + broker.jaasFile(user, PASSWORD));
    String source =
        """
        agent1.sources = logs
        agent1.sources.logs.type = io.flafka.SpoolDirSource
        agent1.sources.logs.spoolDir = ${env:SPOOL_DIR}
        agent1.sources.logs.channels = ours stock
        agent1.sinks = ours stock
        """;

    try (Agent agent =
        flume.start("jaas", source + channels + fileSink("ours") + fileSink("stock"))) {
      awaitLines(agent, "ours");
      awaitLines(agent, "stock");
      assertThat(agent.firstError()).isEmpty();
    }
    assertEachLineOnce("ours");
  }

  /** With the password in a file that only Kafka's client reads. */
  @Test
  void theSinkAndTheSourceNeedNoMoreThanTheReadmeTells() throws Exception {
    String topic = createTopic("secured-sink-source");
    broker.addUser("writer", PASSWORD);
    allowPutting("writer", topic);
    allowExactlyOnce("writer", topic, topic + "-ledger");
    broker.addUser("reader", PASSWORD);
    allowTaking("reader", topic, topic);
    Path passwords = folder.resolve("passwords");
    Files.writeString(
        passwords,
        "writer = %s%nreader = %s%n"
            .formatted(
                SecuredBroker.jaas("writer", PASSWORD), SecuredBroker.jaas("reader", PASSWORD)));
    Installation flume = install(topic);
    String configuration =
        """
        agent1.sources = logs topic
        agent1.channels = in out
        agent1.sinks = topic out
        agent1.channels.in.type = memory
        agent1.channels.out.type = memory
        agent1.channels.out.capacity = 10000
        agent1.channels.out.transactionCapacity = 1000
        agent1.sources.logs.type = io.flafka.SpoolDirSource
        agent1.sources.logs.spoolDir = ${env:SPOOL_DIR}
        agent1.sources.logs.channels = in
        agent1.sinks.topic.type = io.flafka.KafkaSink
        agent1.sinks.topic.channel = in
        agent1.sinks.topic.kafka.bootstrap.servers = ${env:KAFKA_BOOTSTRAP_SERVERS}
        agent1.sinks.topic.kafka.topic = ${env:KAFKA_TOPIC}
        agent1.sinks.topic.delivery.guarantee = exactly_once
        agent1.sinks.topic.kafka.transactional.id = ${env:KAFKA_TOPIC}
        agent1.sinks.topic.ledger.topic = ${env:KAFKA_TOPIC}-ledger
        agent1.sources.topic.type = io.flafka.KafkaSource
        agent1.sources.topic.channels = out
        agent1.sources.topic.kafka.bootstrap.servers = ${env:KAFKA_BOOTSTRAP_SERVERS}
        agent1.sources.topic.kafka.topics = ${env:KAFKA_TOPIC}
        agent1.sources.topic.kafka.consumer.group.id = ${env:KAFKA_TOPIC}
        agent1.sources.topic.kafka.consumer.auto.offset.reset = earliest
        """;

    try (Agent agent =
        flume.start(
            "sink-and-source",
            configuration
                + provided("agent1.sinks.topic.kafka.producer.", passwords, "writer")
                + provided("agent1.sources.topic.kafka.consumer.", passwords, "reader")
                + fileSink("out"))) {
      awaitLines(agent, "out");
      assertThat(agent.firstError()).isEmpty();
    }
    assertEachLineOnce("out");
  }

  private static String provided(String prefix, Path passwords, String user) {
    return Stream.of(
            "security.protocol = SASL_SSL",
            "sasl.mechanism = SCRAM-SHA-512",
            "sasl.jaas.config = ${file:" + passwords + ":" + user + "}",
            "config.providers = file",
            "config.providers.file.class ="
                + " org.apache.kafka.common.config.provider.FileConfigProvider")
        .map(line -> prefix + line + "\n")
        .collect(Collectors.joining());
  }
}
