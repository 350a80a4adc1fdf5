package io.flafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.Home;
import io.flafka.testbed.TestbedExtension;
import io.flafka.testbed.TopicCount;
import io.flafka.testbed.TopicDump;
import io.flafka.testbed.weblogs.LineTally;
import io.flafka.testbed.weblogs.WeblogGenerator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From the spooling directory to the topic, exactly once, in real agents. */
@ExtendWith(TestbedExtension.class)
@Timeout(240)
class ExactlyOnceAgentIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int LINES = 400_000;
  private static final int KILLS = 4;
  private static final String STARTED =
      "Component type: SOURCE, name: webserver-log-source started";

  @TempDir private Path folder;

  private static Agent start(Installation flume, String name, String id) throws IOException {
    String channel = "agent1.channels.kafka-channel.";
    return flume.start(
        name,
        Files.readString(Home.root().resolve("conf/spooldir_kafkachannel.conf"))
            + channel
            + "delivery.guarantee = exactly_once\n"
            + channel
            + "kafka.transactional.id = "
            + id
            + "\n"
            + channel
            + "kafka.producer.transaction.timeout.ms = 5000\n"
            + channel
            + "ledger.topic = "
            + id
            + "-ledger\n");
  }

  private static List<TopicDump.Row> records(Broker broker, String topic) {
    return TopicDump.of(broker, topic);
  }

  private static void await(long goal, TopicCount records) {
    Await.until(goal + " have come", LIMIT, () -> records.exactly() >= goal);
  }

  private static void assertEachLineOnce(LineTally tally, List<TopicDump.Row> records)
      throws IOException {
    String all =
        records.stream().map(record -> record.value() + "\n").collect(Collectors.joining());
    tally.out(new ByteArrayInputStream(all.getBytes(ISO_8859_1)));
    assertThat(tally.lost()).as("lost").isZero();
    assertThat(tally.doubled()).as("doubled").isZero();
  }

  @Test
  void anAgentThatIsKilledPutsEveryLineOnce(Broker broker) throws Exception {
    String topic = broker.createTopic("exactly-once-killed", 4, Map.of("retention.ms", "-1"));
    Installation flume = Installation.withHadoop(folder).using(broker, topic);
    LineTally tally = new LineTally();
    flume.spool(new WeblogGenerator(12, LINES), 50_000, tally);

    Agent agent = start(flume, "killed", topic);
    try (TopicCount records = new TopicCount(broker.bootstrapServers(), topic, 4)) {
      for (int kill = 1; kill <= KILLS; kill++) {
        await(LINES * kill / (KILLS + 2), records);
        agent.process().kill();
        agent = start(flume, "killed", topic);
      }
      await(LINES, records);
    }

    assertThat(agent.stop()).as("ends by itself").isTrue();
    assertEachLineOnce(tally, records(broker, topic));
  }

  @Test
  void anAgentThatIsRestartedWhileTheBrokerIsAwayGoesOnWhenThatIsBack(Broker broker)
      throws Exception {
    String topic = broker.createTopic("exactly-once-away", 4, Map.of("retention.ms", "-1"));
    Installation flume = Installation.withHadoop(folder).using(broker, topic);
    LineTally tally = new LineTally();
    flume.spool(new WeblogGenerator(16, LINES), 50_000, tally);
    Agent agent = start(flume, "away", topic);
    try (TopicCount records = new TopicCount(broker.bootstrapServers(), topic, 4)) {
      await(1, records);
      broker.kill();
      agent.process().kill();
      agent = start(flume, "away", topic);
      agent.awaitLog("kafka.bootstrap.servers = " + broker.bootstrapServers());
      broker.restart();
      await(LINES, records);
    }

    assertThat(agent.stop()).as("ends by itself").isTrue();
    assertEachLineOnce(tally, records(broker, topic));
  }

  /** Flume looks every 30 seconds whether its file has changed; lines come in all the while. */
  @Test
  void aReloadInMidBatchIsACleanStopAndStart(Broker broker) throws Exception {
    String topic = broker.createTopic("exactly-once-reloaded", 4, Map.of("retention.ms", "-1"));
    Installation flume = Installation.withHadoop(folder).using(broker, topic);
    long start = System.nanoTime();
    Agent agent = start(flume, "reloaded", topic);
    agent.awaitLog(STARTED);
    Files.writeString(
        folder.resolve("reloaded.conf"),
        "agent1.sources.webserver-log-source.batchSize = 700\n",
        StandardOpenOption.APPEND);
    Duration almost = Duration.ofSeconds(25);
    Await.until("it looks soon", LIMIT, () -> System.nanoTime() - start > almost.toNanos());

    LineTally tally = new LineTally();
    int lines = 0;
    while (starts(agent) < 2) {
      flume.spool(new WeblogGenerator(lines, 5_000), 5_000, tally);
      lines += 5_000;
      Await.until("it keeps up", LIMIT, () -> waiting(flume) < 2);
    }
    try (TopicCount records = new TopicCount(broker.bootstrapServers(), topic, 4)) {
      await(lines, records);
    }

    assertThat(agent.firstError()).isEmpty();
    assertThat(agent.stop()).as("ends by itself").isTrue();
    assertEachLineOnce(tally, records(broker, topic));
  }

  private static long starts(Agent agent) {
    return agent.process().logLines().stream().filter(line -> line.contains(STARTED)).count();
  }

  private static long waiting(Installation flume) throws IOException {
    try (Stream<Path> files = Files.list(flume.spool())) {
      return files.filter(file -> file.toString().endsWith(".log")).count();
    }
  }

  /** From one topic to another, with nothing but a source and a channel. */
  private static String copy(Broker broker, String from, String to) {
    return """
    agent1.sources = r
    agent1.channels = c
    agent1.sources.r.type = io.flafka.KafkaSource
    agent1.sources.r.channels = c
    agent1.sources.r.kafka.bootstrap.servers = %1$s
    agent1.sources.r.kafka.topics = %2$s
    agent1.sources.r.kafka.consumer.group.id = %3$s
    agent1.sources.r.kafka.consumer.auto.offset.reset = earliest
    agent1.sources.r.kafka.consumer.session.timeout.ms = 6000
    agent1.sources.r.batchSize = 1000
    agent1.channels.c.type = io.flafka.KafkaChannel
    agent1.channels.c.kafka.bootstrap.servers = %1$s
    agent1.channels.c.kafka.topic = %3$s
    agent1.channels.c.parseAsFlumeEvent = false
    agent1.channels.c.delivery.guarantee = exactly_once
    agent1.channels.c.kafka.transactional.id = %3$s
    agent1.channels.c.kafka.producer.transaction.timeout.ms = 5000
    agent1.channels.c.ledger.topic = %3$s-ledger
    """
        .formatted(broker.bootstrapServers(), from, to);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What isn't sent is missing in the count.
  private static void fill(Broker broker, String topic, WeblogGenerator lines, LineTally tally)
      throws IOException {
    StringBuilder all = new StringBuilder();
    try (TopicWriter writer = new TopicWriter(broker)) {
      for (int i = 0; lines.hasNext(); i++) {
        String line = lines.next();
        all.append(line).append('\n');
        writer.write(topic, i % 3, null, line.getBytes(ISO_8859_1));
      }
    }
    tally.in(new ByteArrayInputStream(all.toString().getBytes(ISO_8859_1)));
  }

  @Test
  void anAgentThatIsKilledCopiesEveryRecordOnce(Broker broker) throws Exception {
    String from = broker.createTopic("exactly-once-from", 3, Map.of("retention.ms", "-1"));
    String to = broker.createTopic("exactly-once-to", 2, Map.of("retention.ms", "-1"));
    Installation flume = Installation.withHadoop(folder);
    LineTally tally = new LineTally();
    fill(broker, from, new WeblogGenerator(15, LINES), tally);

    Agent agent = flume.start("copy", copy(broker, from, to));
    try (TopicCount records = new TopicCount(broker.bootstrapServers(), to, 2)) {
      for (int kill = 1; kill <= 2; kill++) {
        await(LINES * kill / 4, records);
        agent.process().kill();
        agent = flume.start("copy", copy(broker, from, to));
      }
      await(LINES, records);
    }

    assertThat(agent.stop()).as("ends by itself").isTrue();
    assertEachLineOnce(tally, records(broker, to));
  }

  @Test
  void anAgentThatWasPausedPutsNothingAfterItsSuccessorTookOver(Broker broker) throws Exception {
    String topic = broker.createTopic("exactly-once-paused", 4, Map.of("retention.ms", "-1"));
    Installation zombies = Installation.withHadoop(folder.resolve("first")).using(broker, topic);
    zombies.spool(new WeblogGenerator(13, LINES), LINES, new LineTally());
    Agent zombie = start(zombies, "zombie", topic);
    Await.until("some have come", LIMIT, () -> !records(broker, topic).isEmpty());
    zombie.process().pause();

    Installation successors =
        Installation.withHadoop(folder.resolve("second")).using(broker, topic);
    int few = 1_000;
    successors.spool(new WeblogGenerator(14, few), few, new LineTally());
    Agent successor = start(successors, "successor", topic);
    successor.awaitLog("is ours, after " + zombie.process().pid() + "@");
    Await.until("its lines have come", LIMIT, () -> isQuiet(broker, topic));
    int before = records(broker, topic).size();

    zombie.process().resume();
    zombie.awaitLog("Fenced: process " + successor.process().pid() + "@");

    assertThat(before).as("paused in the middle").isBetween(few + 1, LINES);
    assertThat(records(broker, topic)).hasSize(before);
    zombie.stop();
    successor.stop();
  }

  /** Whether nothing comes for a second. */
  private static boolean isQuiet(Broker broker, String topic) throws InterruptedException {
    int size = records(broker, topic).size();
    TimeUnit.SECONDS.sleep(1);
    return records(broker, topic).size() == size;
  }
}
