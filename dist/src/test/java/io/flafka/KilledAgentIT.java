package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.Home;
import io.flafka.testbed.TestbedExtension;
import io.flafka.testbed.weblogs.LandedFiles;
import io.flafka.testbed.weblogs.LineTally;
import io.flafka.testbed.weblogs.WeblogGenerator;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An agent that delivers at least once is killed in the middle of its work, again and again. */
@ExtendWith(TestbedExtension.class)
class KilledAgentIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Path LANDING = new Path("/loudacre/weblogs_flume");
  private static final int LINES = 300_000;
  private static final int KILLS = 3;

  @TempDir private java.nio.file.Path folder;

  /** The sample, but at least once. */
  private static Agent start(Installation flume) throws IOException {
    java.nio.file.Path sample = Home.root().resolve("conf/spooldir_kafkachannel_hdfs.conf");
    return flume.start(
        "killed",
        Files.readString(sample)
            + "agent1.channels.kafka-channel.delivery.guarantee = at_least_once\n"
            + "agent1.sinks.hdfs-sink.delivery.guarantee = at_least_once\n");
  }

  @Test
  void losesNothing(Broker broker, Hdfs hdfs) throws Exception {
    broker.emptyGroup("flume");
    String topic = broker.createTopic("killed-agent", 4, Map.of("retention.ms", "-1"));
    Installation flume =
        Installation.withHadoop(folder).using(broker, topic).using(hdfs).with("IDLE_SECONDS", "2");
    LineTally tally = new LineTally();
    flume.spool(new WeblogGenerator(11, LINES), 20_000, tally);
    try (FileSystem fileSystem = hdfs.fileSystem()) {
      fileSystem.delete(LANDING, true);
      LandedFiles landed = new LandedFiles(fileSystem, LANDING, tally::out);

      Agent agent = start(flume);
      for (int kill = 1; kill <= KILLS; kill++) {
        long goal = (long) LINES * kill / (KILLS + 2);
        Await.until("some have come", LIMIT, () -> visible(landed) >= goal);
        assertThat(visible(landed)).as("killed in the middle").isLessThan(LINES);
        agent.process().kill();
        agent = start(flume);
      }
      try {
        Await.until(
            "all have landed",
            LIMIT,
            () -> landed.read() >= LINES && tally.lost() == 0 && landed.unfinished(true).isEmpty());
      } catch (IllegalStateException e) {
        throw new AssertionError(agent.process().lastLines(60), e);
      }

      assertThat(agent.stop()).as("ends by itself").isTrue();
      landed.read();
      assertThat(tally.lost()).isZero();
      assertThat(landed.unfinished(false)).as("files left in use").isEmpty();
    }
  }

  private static long visible(LandedFiles landed) throws Exception {
    try {
      return landed.visible();
    } catch (FileNotFoundException e) {
      return 0;
    }
  }
}
