package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.Drops.Differences;
import io.flafka.chaos.step.Byteman;
import io.flafka.chaos.step.KillPoint;
import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.TestbedExtension;
import io.flafka.testbed.TopicDump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real agent dies at a named point, another one takes its place, and every line is in the topic
 * once, in its file's order.
 *
 * <p>It dies by Byteman, a Java agent that halts the JVM in the middle of a class that is as it
 * ships. All points share an installation and a topic: whoever has recovered what the one before
 * left behind is the next to die.
 */
@ExtendWith(TestbedExtension.class)
class KillPointsIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String TOPIC = "kill-points";

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> everyLineIsInTheTopicOnceThoughTheAgentDiedWhere(Broker broker)
      throws IOException {
    broker.createTopic(TOPIC, 1, Map.of("retention.ms", "-1"));
    Succession agents = new Succession(broker);
    return Arrays.stream(KillPoint.values())
        .map(point -> DynamicTest.dynamicTest(point.toString(), () -> agents.dieAt(point)));
  }

  /** One agent after the other. */
  private final class Succession {
    private final Broker broker;
    private final Installation flume;
    private final Drops drops = new Drops(folder.resolve("dropped"));
    private final Deque<KillPoint> toCome = new ArrayDeque<>(List.of(KillPoint.values()));
    private Agent agent;
    private boolean broken;

    Succession(Broker broker) throws IOException {
      this.broker = broker;
      this.flume = Installation.plain(folder).using(broker, TOPIC);
      for (Spool spool : Spool.values()) {
        Files.createDirectories(spool.in(folder));
      }
      this.agent = startToDieAt(toCome.remove());
    }

    void dieAt(KillPoint point) throws IOException {
      assertThat(broken).as("an agent before this one has failed").isFalse();
      broken = true;
      if (!agent.process().isAlive()) {
        agent = startToDieAt(point);
      }
      drop(point);
      Armed.awaitDeath(agent, point, LIMIT);
      if (point.comesAgain()) {
        drop(point);
      }

      KillPoint next = toCome.poll();
      agent = next == null ? startToLive() : startToDieAt(next);
      awaitRecovery();

      assertThat(drops.compare(topic())).isEqualTo(Differences.NONE);
      if (next == null) {
        assertThat(agent.stop()).as("ends by itself").isTrue();
        assertNothingIsLeftOver();
      }
      broken = false;
    }

    private void drop(KillPoint point) throws IOException {
      Path file = Spool.of(point.retirement()).in(folder).resolve(point.fileName());
      drops.drop(file, point.form(), point.lines());
    }

    private void awaitRecovery() {
      try {
        Await.until("every file is retired", LIMIT, this::isIdle);
      } catch (IllegalStateException e) {
        throw new AssertionError(Armed.log(agent), e);
      }
    }

    private boolean isIdle() throws IOException {
      for (Spool spool : Spool.values()) {
        if (!spool.isDone(folder)) {
          return false;
        }
      }
      return true;
    }

    private Stream<String> topic() {
      return TopicDump.of(broker, TOPIC).stream().map(TopicDump.Row::value);
    }

    private Agent startToDieAt(KillPoint point) throws IOException {
      return start(
          point.name(), Byteman.options(point.script(), folder.resolve(point.name() + ".btm")));
    }

    private Agent startToLive() throws IOException {
      return start("last");
    }

    private Agent start(String name, String... options) throws IOException {
      return flume.start(name, configuration(), options);
    }

    private String configuration() {
      StringBuilder all =
          new StringBuilder(
              """
              agent1.sources = renamed deleted archived marked
              agent1.channels = kafka
              agent1.channels.kafka.type = io.flafka.KafkaChannel
              agent1.channels.kafka.kafka.bootstrap.servers = %s
              agent1.channels.kafka.kafka.topic = %s
              agent1.channels.kafka.parseAsFlumeEvent = false
              agent1.channels.kafka.delivery.guarantee = exactly_once
              agent1.channels.kafka.kafka.transactional.id = %s
              agent1.channels.kafka.ledger.topic = %s-ledger
              """
                  .formatted(broker.bootstrapServers(), TOPIC, TOPIC, TOPIC));
      for (Spool spool : Spool.values()) {
        all.append(spool.configuration(folder));
      }
      return all.toString();
    }

    private void assertNothingIsLeftOver() throws IOException {
      try (Stream<Path> files = Files.walk(folder)) {
        assertThat(files.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
      }
      try (Stream<Path> files = Files.list(Spool.RENAMED.quarantine(folder))) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder(
                "quarantined.gz",
                "quarantined.gz.report",
                "quarantine_reported.gz",
                "quarantine_reported.gz.report");
      }
    }
  }
}
