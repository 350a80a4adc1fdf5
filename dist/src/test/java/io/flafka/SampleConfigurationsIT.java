package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.TestbedExtension;
import io.flafka.testbed.TopicDump;
import io.flafka.testbed.weblogs.LandedFiles;
import io.flafka.testbed.weblogs.LineTally;
import io.flafka.testbed.weblogs.WeblogGenerator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every configuration in {@code conf}, as shipped, from a file to where it leads. */
@ExtendWith(TestbedExtension.class)
class SampleConfigurationsIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Path LANDING = new Path("/loudacre/weblogs_flume");
  private static final int LINES = 12_000;

  @TempDir private java.nio.file.Path folder;
  private final LineTally tally = new LineTally();

  /** Every sample's group is the same, and so is where it lands. */
  @BeforeEach
  void emptyTheGroupAndTheLanding(Broker broker, Hdfs hdfs) throws IOException {
    broker.emptyGroup("flume");
    try (FileSystem fileSystem = hdfs.fileSystem()) {
      fileSystem.delete(LANDING, true);
    }
  }

  private static WeblogGenerator someLines() {
    return new WeblogGenerator(7, LINES);
  }

  private static String topic(Broker broker, String name) {
    return broker.createTopic(name, 4, Map.of("retention.ms", "-1"));
  }

  @Test
  void spooldirHdfs(Hdfs hdfs) throws Exception {
    Installation flume = Installation.withHadoop(folder).using(hdfs);
    flume.spool(someLines(), 5_000, tally);

    try (Agent agent = flume.startSample("spooldir_hdfs")) {
      landsEverything(hdfs, agent);
    }
    try (FileSystem fileSystem = hdfs.fileSystem()) {
      // rollSize = 524288: three files and a bit, none much larger.
      FileStatus[] files = fileSystem.listStatus(LANDING);
      assertThat(files).hasSizeGreaterThanOrEqualTo(3);
      assertThat(files).allMatch(file -> file.getLen() < 524288 + 1000);
    }
  }

  @Test
  void spooldirKafka(Broker broker) throws Exception {
    String topic = topic(broker, "spooldir-kafka");
    Installation flume = Installation.withHadoop(folder).using(broker, topic);
    flume.spool(someLines(), 5_000, tally);

    try (Agent agent = flume.startSample("spooldir_kafka")) {
      fillsTheTopic(broker, topic);
      assertThat(agent.firstError()).isEmpty();
    }
  }

  @Test
  void kafkaHdfs(Broker broker, Hdfs hdfs) throws Exception {
    String topic = topic(broker, "kafka-hdfs");
    Installation flume = Installation.withHadoop(folder).using(broker, topic).using(hdfs);
    flume.spool(someLines(), 5_000, tally);
    try (Agent agent = flume.startSample("spooldir_kafka")) {
      agent.awaitLog("started");
      Await.until("in the topic", LIMIT, () -> TopicDump.of(broker, topic).size() == LINES);
    }

    try (Agent agent = flume.startSample("kafka_hdfs")) {
      landsEverything(hdfs, agent);
    }
  }

  @Test
  void spooldirKafkachannelHdfs(Broker broker, Hdfs hdfs) throws Exception {
    String topic = topic(broker, "spooldir-kafkachannel-hdfs");
    Installation flume = Installation.withHadoop(folder).using(broker, topic).using(hdfs);
    flume.with("IDLE_SECONDS", "2").spool(someLines(), 5_000, tally);

    try (Agent agent = flume.startSample("spooldir_kafkachannel_hdfs")) {
      landsEverything(hdfs, agent);
      putsExactlyOnce(agent, "agent1-weblogs");
      landsExactlyOnce(agent);
    }
    landedByTheHourOfTheRequest(hdfs);
  }

  @Test
  void twoAgentsWithAKafkaChannelBetween(Broker broker, Hdfs hdfs) throws Exception {
    String topic = topic(broker, "two-agents");
    Installation flume = Installation.withHadoop(folder).using(broker, topic).using(hdfs);
    flume.with("IDLE_SECONDS", "2").spool(someLines(), 5_000, tally);

    try (Agent source = flume.startSample("spooldir_kafkachannel");
        Agent sink = flume.startSample("kafkachannel_hdfs")) {
      landsEverything(hdfs, sink);
      putsExactlyOnce(source, "agent1-weblogs");
      landsExactlyOnce(sink);
      assertThat(source.firstError()).isEmpty();
      assertThat(sink.process().logLines())
          .as("a channel that is only taken from puts under no id, and so fences nobody")
          .noneMatch(line -> line.contains("Transactional id "));
    }
    landedByTheHourOfTheRequest(hdfs);
  }

  private void landsEverything(Hdfs hdfs, Agent agent) throws IOException {
    try (FileSystem fileSystem = hdfs.fileSystem()) {
      LandedFiles landed = new LandedFiles(fileSystem, LANDING, tally::out);
      try {
        Await.until("all lines can be read", LIMIT, () -> landed.visible() == LINES);
      } catch (IllegalStateException e) {
        throw new AssertionError(agent.process().lastLines(60), e);
      }
      // Before the end: Flume's own Kafka source reports its interruption as an error.
      assertThat(agent.firstError()).isEmpty();
      assertThat(agent.stop()).as("ends by itself").isTrue();

      assertThat(landed.read()).isEqualTo(LINES);
      assertThat(tally.lost()).as("lost").isZero();
      assertThat(tally.doubled()).as("doubled").isZero();
      assertThat(landed.unfinished(false)).as("files left in use").isEmpty();
    }
  }

  private static void putsExactlyOnce(Agent agent, String transactionalId) {
    assertThat(agent.process().logLines())
        .anyMatch(line -> line.contains("Channel kafka-channel started, exactly_once"))
        .anyMatch(line -> line.contains("Transactional id " + transactionalId + " is ours"));
  }

  private static void landsExactlyOnce(Agent agent) {
    assertThat(agent.process().logLines())
        .anyMatch(line -> line.contains("sink hdfs-sink: started, exactly_once"))
        .anyMatch(line -> line.contains("sink hdfs-sink: landed "));
  }

  private void fillsTheTopic(Broker broker, String topic) throws IOException {
    Await.until("all are in the topic", LIMIT, () -> TopicDump.of(broker, topic).size() == LINES);
    List<TopicDump.Row> rows = TopicDump.of(broker, topic);
    for (TopicDump.Row row : rows) {
      tally.out(
          new ByteArrayInputStream((row.value() + "\n").getBytes(StandardCharsets.ISO_8859_1)));
    }
    assertThat(tally.lost()).as("lost").isZero();
    assertThat(tally.doubled()).as("doubled").isZero();
  }

  /** Midnight to midnight at UTC+1 is 23:00 to 23:00 in UTC, the configured zone. */
  private static void landedByTheHourOfTheRequest(Hdfs hdfs) throws IOException {
    try (FileSystem fileSystem = hdfs.fileSystem()) {
      assertThat(fileSystem.listStatus(LANDING))
          .extracting(day -> day.getPath().getName())
          .containsExactly("2013-09-14", "2013-09-15", "_flafka");
      assertThat(fileSystem.listStatus(new Path(LANDING, "2013-09-14")))
          .extracting(hour -> hour.getPath().getName())
          .containsExactly("23");
      assertThat(fileSystem.listStatus(new Path(LANDING, "2013-09-15"))).hasSize(23);
    }
  }
}
