package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.chaos.step.Byteman;
import io.flafka.chaos.step.KillRule;
import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.TestbedExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sinks and agents of one consumer group, which take partitions from each other. */
@ExtendWith(TestbedExtension.class)
@Timeout(240)
class SharedLandingIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int PARTITIONS = 4;
  private static final String[] DIRECTORIES = {"a", "b", "c"};

  /** It takes as much as there is in a second. */
  private static final String FULL_SPEED = "agent1.sinks.%s.hdfs.rollCount = 0\n";

  @TempDir private Path folder;
  private Landing landing;

  @BeforeEach
  void open(Broker broker, Hdfs hdfs) throws IOException {
    String topic = "shared-landing-" + System.nanoTime();
    landing = new Landing(broker, hdfs, topic, PARTITIONS, folder);
    landing.writeInTransactions();
  }

  @AfterEach
  void close() throws IOException {
    landing.close();
  }

  private void awaitVisible(long lines) {
    Await.until(lines + " lines are visible", LIMIT, () -> landing.visible() >= lines);
  }

  private static void awaitMembers(Broker broker, String group, List<Integer> partitions) {
    Await.until(
        "members have " + partitions + " partitions",
        LIMIT,
        () -> new Offsets(broker).assigned(group).equals(partitions));
  }

  @Test
  void twoSinksOfOneAgentThatIsKilledLandEachLineOnce() throws Exception {
    String configuration =
        """
        agent1.channels = kafka
        agent1.sinks = one two
        """
            + landing.channel()
            + landing.sink("one")
            + landing.sink("two")
            + FULL_SPEED.formatted("one")
            + FULL_SPEED.formatted("two");
    landing.write(20_000, DIRECTORIES);

    Agent agent = landing.start("two-sinks", configuration);
    for (int kill = 1; kill <= 2; kill++) {
      awaitVisible(landing.visible() + 1_000);
      landing.write(20_000, DIRECTORIES);
      agent.process().kill();
      agent = landing.start("two-sinks", configuration);
    }
    landing.awaitAllOf(LIMIT, agent);

    assertThat(agent.stop()).as("ends by itself").isTrue();
    assertThat(landing.unfinished()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RangeAssignor", "CooperativeStickyAssignor"})
  void partitionsThatMoveBetweenAgentsLandEachLineOnce(String assignor, Broker broker)
      throws Exception {
    String configuration =
        landing.configuration()
            + FULL_SPEED.formatted("hdfs")
            + "agent1.channels.kafka.kafka.consumer.partition.assignment.strategy ="
            + " org.apache.kafka.clients.consumer."
            + assignor
            + "\n";
    landing.write(100_000, DIRECTORIES);

    Agent first = landing.start("first", configuration);
    awaitVisible(1_000);
    Agent second = landing.start("second", configuration);
    awaitMembers(broker, landing.topic(), List.of(2, 2));
    landing.write(50_000, DIRECTORIES);
    assertThat(second.stop()).as("ends by itself").isTrue();
    second = landing.start("second", configuration);
    awaitMembers(broker, landing.topic(), List.of(2, 2));
    landing.write(50_000, DIRECTORIES);
    first.process().kill();
    awaitMembers(broker, landing.topic(), List.of(4));
    landing.write(50_000, DIRECTORIES);
    first = landing.start("first", configuration);
    awaitMembers(broker, landing.topic(), List.of(2, 2));
    landing.awaitAllOf(LIMIT, first, second);

    assertThat(first.stop() && second.stop()).as("end by themselves").isTrue();
    assertThat(landing.unfinished()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "writing, io.flafka.hdfs.exactlyonce.Shipment, add, AT EXIT",
    "prepared, io.flafka.kafka.consume.Settlement, commit, AT INVOKE Commits.uninterrupted",
    "committed, io.flafka.hdfs.exactlyonce.Publication, of, AT ENTRY"
  })
  void anAgentThatWasPausedPublishesNothingAfterItsSuccessorTookOver(
      String place, String type, String method, String location, Broker broker) throws Exception {
    String script =
        KillRule.wake("io.flafka.hdfs.exactlyonce.Shipment", "add", "AT ENTRY").text("wake")
            + KillRule.sleeping(
                KillRule.linger(type, method, location).onTime(place.equals("writing") ? 10 : 1));
    Agent zombie =
        landing.start(
            "zombie",
            landing.configuration(),
            Byteman.options(script, folder.resolve("zombie.btm")));
    landing.write(600, DIRECTORIES);
    zombie.awaitLog(KillRule.LINGERS);
    zombie.process().pause();
    Agent successor = landing.start("successor", landing.configuration());
    Await.until("all is visible", LIMIT, () -> landing.missing() == 0);
    List<String> published = landing.published();

    zombie.process().resume();
    awaitMembers(broker, landing.topic(), List.of(2, 2));

    assertThat(landing.published()).isEqualTo(published);
    landing.write(600, DIRECTORIES);
    landing.awaitAllOf(LIMIT, zombie, successor);
    assertThat(zombie.stop() && successor.stop()).as("end by themselves").isTrue();
    assertThat(landing.unfinished()).isEmpty();
  }
}
