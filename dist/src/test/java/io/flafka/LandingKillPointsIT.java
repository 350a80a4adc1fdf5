package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.chaos.step.Byteman;
import io.flafka.chaos.step.LandingKillPoint;
import io.flafka.chaos.step.LandingKillPoint.Occasion;
import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.TestbedExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real agent dies at a named point on the way from the topic into HDFS, another one takes its
 * place, and every line is in the published files once.
 *
 * <p>As {@link KillPointsIT}: whoever has recovered what the one before left behind is the next to
 * die, or dies of recovering it.
 */
@ExtendWith(TestbedExtension.class)
class LandingKillPointsIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final int PARTITIONS = 2;
  private static final int LINES = 60;

  @TempDir private Path folder;
  private Landing landing;

  @BeforeEach
  void open(Broker broker, Hdfs hdfs) throws IOException {
    landing = new Landing(broker, hdfs, "landing-kill-points", PARTITIONS, folder);
    landing.writeInTransactions();
  }

  @AfterEach
  void close() throws IOException {
    landing.close();
  }

  @TestFactory
  Stream<DynamicTest> everyLineIsPublishedOnceThoughTheAgentDiedWhere(Broker broker)
      throws IOException {
    Succession agents = new Succession(broker);
    return Arrays.stream(LandingKillPoint.values())
        .map(point -> DynamicTest.dynamicTest(point.toString(), () -> agents.dieAt(point)));
  }

  /** One agent after the other. */
  private final class Succession {
    private final Broker broker;
    private final Deque<LandingKillPoint> toCome =
        new ArrayDeque<>(List.of(LandingKillPoint.values()));
    private Agent agent;
    private boolean broken;

    Succession(Broker broker) throws IOException {
      this.broker = broker;
      this.agent = startToDieAt(toCome.remove());
    }

    void dieAt(LandingKillPoint point) throws Exception {
      assertThat(broken).as("an agent before this one has failed").isFalse();
      broken = true;
      if (point.occasion() != Occasion.RECOVERING) {
        landing.write(LINES, point.directories());
      }
      meet(point.occasion());
      Armed.awaitDeath(agent, point, LIMIT);
      landing.ageUnclaimed();
      if (point.occasion() == Occasion.FORGOTTEN) {
        Await.until("the group is empty", LIMIT, () -> new Offsets(broker).forget(landing.topic()));
      }

      LandingKillPoint next = toCome.poll();
      agent = next == null ? start("last") : startToDieAt(next);
      if (next == null || next.occasion() != Occasion.RECOVERING) {
        landing.awaitAllOf(LIMIT, agent);
      }
      if (next == null) {
        assertThat(agent.stop()).as("ends by itself").isTrue();
        assertThat(landing.unfinished()).isEmpty();
      }
      broken = false;
    }

    private void meet(Occasion occasion) {
      if (occasion.needsOpenFiles()) {
        Await.until("files are open", LIMIT, () -> !landing.staged().isEmpty());
      }
      if (occasion == Occasion.STOPPED) {
        agent.process().terminate(LIMIT);
      } else if (occasion == Occasion.REVOKED) {
        try (Rival rival = new Rival(broker, landing.topic())) {
          Await.until("it is dead", LIMIT, () -> rival.joins() && !agent.process().isAlive());
        }
      }
    }

    private Agent startToDieAt(LandingKillPoint point) throws IOException {
      return start(
          point.name(), Byteman.options(point.script(), folder.resolve(point.name() + ".btm")));
    }

    private Agent start(String name, String... options) throws IOException {
      return landing.start(name, landing.configuration(), options);
    }
  }
}
