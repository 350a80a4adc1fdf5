package io.flafka;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.TestbedExtension;
import io.flafka.testbed.TopicDump;
import io.flafka.testbed.weblogs.LineTally;
import io.flafka.testbed.weblogs.WeblogGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stock's spooling directory is killed in the middle of a file, ours goes on, and stock after it.
 */
@ExtendWith(TestbedExtension.class)
@Timeout(180)
class SpoolTakeoverIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String TOPIC = "spool-takeover";
  private static final String STOCK = "spooldir";
  private static final String OURS = "io.flafka.SpoolDirSource";
  private static final int LINES = 200_000;
  private static final int BATCH = 100;

  private final Broker broker;
  private final Installation flume;

  SpoolTakeoverIT(Broker broker, @TempDir Path folder) throws IOException {
    this.broker = broker;
    this.flume = Installation.withHadoop(folder).using(broker, TOPIC);
  }

  /** The same but for the source's type. */
  private Agent start(String name, String type) throws IOException {
    return flume.start(
        name,
        """
        agent1.sources = logs
        agent1.channels = kafka
        agent1.sources.logs.type = %s
        agent1.sources.logs.spoolDir = ${env:SPOOL_DIR}
        agent1.sources.logs.batchSize = %d
        agent1.sources.logs.channels = kafka
        agent1.channels.kafka.type = org.apache.flume.channel.kafka.KafkaChannel
        agent1.channels.kafka.kafka.bootstrap.servers = ${env:KAFKA_BOOTSTRAP_SERVERS}
        agent1.channels.kafka.kafka.topic = ${env:KAFKA_TOPIC}
        agent1.channels.kafka.parseAsFlumeEvent = false
        """
            .formatted(type, BATCH));
  }

  private static void await(Agent agent, String what, Callable<Boolean> condition) {
    try {
      Await.until(what, LIMIT, condition);
    } catch (IllegalStateException e) {
      throw new AssertionError(agent.process().lastLines(60), e);
    }
  }

  private long delivered() throws Exception {
    return new Offsets(broker).ends(1, TOPIC).values().iterator().next();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(flume.spool())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList();
    }
  }

  private boolean isAllRetired() throws IOException {
    return names().stream().allMatch(name -> name.endsWith(".COMPLETED"));
  }

  @Test
  void eachGoesOnWhereTheOtherStopped() throws Exception {
    broker.createTopic(TOPIC, 1, Map.of("retention.ms", "-1"));
    WeblogGenerator lines = new WeblogGenerator(17, LINES);
    // Two files, so that the rest of one is not all.
    flume.spool(lines, LINES / 2, new LineTally());

    Agent stock = start("stock", STOCK);
    await(stock, "some have come", () -> delivered() >= LINES / 10);
    stock.process().kill();
    assertThat(delivered()).as("killed in the middle of the first file").isLessThan(LINES / 2);

    try (Agent ours = start("ours", OURS)) {
      await(ours, "all is retired", this::isAllRetired);
      assertThat(ours.process().logLines())
          .anyMatch(line -> line.contains("goes on where stock Flume stopped"));
      assertThat(ours.firstError()).isEmpty();
    }
    assertEachOnce(LINES, BATCH);
    long before = delivered();

    flume.spool(new WeblogGenerator(18, BATCH), BATCH, new LineTally());
    try (Agent again = start("stock-again", STOCK)) {
      await(again, "the new one is retired", this::isAllRetired);
      assertThat(again.firstError()).isEmpty();
    }
    assertThat(delivered() - before).isEqualTo(BATCH);
  }

  /** But for what stock had put and not noted. */
  private void assertEachOnce(int lines, int doubled) {
    Map<String, Long> came =
        TopicDump.of(broker, TOPIC).stream().collect(groupingBy(TopicDump.Row::value, counting()));
    WeblogGenerator expected = new WeblogGenerator(17, lines);
    Map<String, Long> sent =
        Stream.generate(expected::next).limit(lines).collect(groupingBy(line -> line, counting()));
    assertThat(came.keySet()).isEqualTo(sent.keySet());
    assertThat(sent.entrySet())
        .as("lost")
        .noneMatch(line -> came.getOrDefault(line.getKey(), 0L) < line.getValue());
    long all = came.values().stream().mapToLong(Long::longValue).sum();
    assertThat(all - lines).as("doubled").isBetween(0L, (long) doubled);
  }
}
