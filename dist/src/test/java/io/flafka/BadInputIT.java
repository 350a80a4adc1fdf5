package io.flafka;

import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.TestbedExtension;
import io.flafka.testbed.weblogs.LineTally;
import io.flafka.testbed.weblogs.WeblogGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an agent's log says to whoever got something wrong. */
@ExtendWith(TestbedExtension.class)
class BadInputIT {
  /** Nothing listens there: the port of the discard protocol. */
  private static final String NOBODY = "127.0.0.1:9";

  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir private Path folder;

  /** Waits for one line that has all these parts. */
  private static void says(Agent agent, String... parts) {
    try {
      Await.until(
          String.join(" ... ", parts),
          LIMIT,
          () ->
              agent.process().logLines().stream()
                  .anyMatch(line -> List.of(parts).stream().allMatch(line::contains)));
    } catch (IllegalStateException e) {
      throw new AssertionError(agent.process().lastLines(40), e);
    }
  }

  @Test
  void wrongAndUnknownKeysAreNamed(Broker broker, Hdfs hdfs) throws Exception {
    Installation flume = Installation.withHadoop(folder).using(broker, "none").using(hdfs);

    try (Agent agent =
        flume.start(
            "wrong-keys",
            """
            agent1.sources = logs
            agent1.channels = memory kafka
            agent1.sinks = land
            agent1.sources.logs.type = io.flafka.SpoolDirSource
            agent1.sources.logs.channels = memory
            agent1.sources.logs.batchSize = many
            agent1.sources.logs.consumeOrder = biggest
            agent1.channels.memory.type = memory
            agent1.channels.kafka.type = io.flafka.KafkaChannel
            agent1.channels.kafka.parseAsFlumeEvent = perhaps
            agent1.sinks.land.type = io.flafka.HdfsSink
            agent1.sinks.land.channel = memory
            agent1.sinks.land.hdfs.path = ${env:HDFS_URI}/wrong-keys
            agent1.sinks.land.hdfs.rollSise = 1000
            """)) {
      says(agent, "spoolDir is missing", "batchSize = many", "consumeOrder = biggest");
      says(agent, "kafka.bootstrap.servers is missing", "parseAsFlumeEvent = perhaps");
      says(agent, "hdfs.rollSise (did you mean hdfs.rollSize?)");
    }
  }

  @Test
  void whatCannotBeReachedIsNamed() throws Exception {
    Installation flume =
        Installation.withHadoop(folder)
            .with("KAFKA_BOOTSTRAP_SERVERS", NOBODY)
            .with("SPOOL_DIR", folder.resolve("no-such-folder").toString());

    try (Agent agent =
        flume.start(
            "unreachable",
            """
            agent1.sources = logs
            agent1.channels = memory
            agent1.sources.logs.type = io.flafka.SpoolDirSource
            agent1.sources.logs.spoolDir = ${env:SPOOL_DIR}
            agent1.sources.logs.channels = memory
            agent1.channels.memory.type = memory
            """)) {
      says(agent, "no-such-folder", "spoolDir");
      Files.createDirectory(folder.resolve("no-such-folder"));
      says(agent, "logs started");
    }
    try (Agent agent = flume.startSample("kafkachannel_hdfs")) {
      says(agent, NOBODY, "kafka.bootstrap.servers");
    }
  }

  @Test
  void aPathThatCannotBeWrittenIsNamed() throws Exception {
    Installation flume = Installation.withHadoop(folder).with("HDFS_URI", "hdfs://" + NOBODY);
    flume.spool(new WeblogGenerator(1, 10), 10, new LineTally());

    try (Agent agent = flume.startSample("spooldir_hdfs")) {
      says(agent, "hdfs://" + NOBODY + "/loudacre/weblogs_flume", "hdfs.path");
    }
  }
}
