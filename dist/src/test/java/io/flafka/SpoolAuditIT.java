package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flafka.chaos.step.Form;
import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.TestbedExtension;
import io.flafka.testbed.TopicCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code flafka audit --spool}, from the tarball, of what real agents have sent. It takes no
 * Hadoop.
 */
@ExtendWith(TestbedExtension.class)
class SpoolAuditIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private Broker broker;
  private String topic;
  private Installation flume;
  private Drops drops;

  @BeforeEach
  void open(Broker broker) throws IOException {
    this.broker = broker;
    topic = broker.createTopic("spool-audit-" + System.nanoTime(), 2, Map.of("retention.ms", "-1"));
    flume = Installation.plain(folder);
    drops = new Drops(folder.resolve("dropped"));
    for (Spool spool : Spool.values()) {
      Files.createDirectories(spool.in(folder));
    }
  }

  private Agent start(String name) throws IOException {
    StringBuilder all =
        new StringBuilder(
            """
            agent1.sources = renamed deleted archived marked
            agent1.channels = kafka
            agent1.channels.kafka.type = io.flafka.KafkaChannel
            agent1.channels.kafka.kafka.bootstrap.servers = %1$s
            agent1.channels.kafka.kafka.topic = %2$s
            agent1.channels.kafka.parseAsFlumeEvent = false
            agent1.channels.kafka.delivery.guarantee = exactly_once
            agent1.channels.kafka.kafka.transactional.id = %2$s
            agent1.channels.kafka.kafka.producer.transaction.timeout.ms = 5000
            agent1.channels.kafka.ledger.topic = %2$s-ledger
            """
                .formatted(broker.bootstrapServers(), topic));
    for (Spool spool : Spool.values()) {
      all.append(spool.configuration(folder));
    }
    return flume.start(name, all.toString());
  }

  private FlafkaScript.Answer audit(Spool spool, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "audit",
                "--spool=" + spool.in(folder),
                "--transactional-id=" + topic,
                "--ledger-topic=" + topic + "-ledger",
                "--bootstrap-server=" + broker.bootstrapServers()));
    arguments.addAll(List.of(more));
    return new FlafkaScript(flume.flafka(), folder)
        .run(Map.of("PATH", "/usr/bin:/bin"), arguments.toArray(new String[0]));
  }

  private FlafkaScript.Answer assertComplete(Spool spool, String... words) throws Exception {
    FlafkaScript.Answer answer = audit(spool);
    assertThat(answer.out()).as(answer.err()).contains("\nComplete: ");
    for (String word : words) {
      assertThat(answer.out()).contains(word);
    }
    assertThat(answer.status()).isZero();
    return answer;
  }

  private void assertIncomplete(Spool spool, String... words) throws Exception {
    FlafkaScript.Answer answer = audit(spool);
    assertThat(answer.out()).as(answer.err()).contains("\nNot complete").contains(words);
    assertThat(answer.status()).isEqualTo(1);
  }

  private void drop(Spool spool, String name, Form form, int lines) throws IOException {
    drops.drop(spool.in(folder).resolve(name), form, lines);
  }

  private void awaitAll() {
    Await.until(
        "every file is retired",
        LIMIT,
        () -> {
          for (Spool spool : Spool.values()) {
            if (!spool.isDone(folder)) {
              return false;
            }
          }
          return true;
        });
  }

  @Test
  void whatIsRetiredIsCompleteUnlessItIsLongerThanWhatWasSent() throws Exception {
    int lines = 1_000;
    for (Spool spool : Spool.values()) {
      drop(spool, "plain.log", Form.PLAIN, lines);
      lines += 100;
      drop(spool, "unended.log", Form.UNENDED, 500);
      drop(spool, "empty.log", Form.PLAIN, 0);
      drop(spool, "packed.gz", Form.GZIP, 2_000);
    }
    try (Agent agent = start("quiet")) {
      awaitAll();
      assertThat(agent.stop()).isTrue();
    }

    assertComplete(Spool.RENAMED, "4 files: 4 complete", "12 streams in the ledger are of files");
    assertComplete(Spool.DELETED, "0 files", "16 streams in the ledger are of files that are not");
    assertComplete(Spool.MARKED, "4 files: 4 complete");
    JsonNode json = new ObjectMapper().readTree(audit(Spool.RENAMED, "--json").out());
    assertThat(json.get("complete").booleanValue()).isTrue();
    assertThat(json.at("/counts/complete").longValue()).isEqualTo(4);
    assertThat(json.get("elsewhere").longValue()).isEqualTo(12);

    Path retired = Spool.RENAMED.in(folder).resolve("plain.log.COMPLETED");
    long sent = Files.size(retired);
    Files.writeString(retired, "planted\n", StandardOpenOption.APPEND);
    assertIncomplete(
        Spool.RENAMED,
        "1 LINES MISSING, 3 complete",
        "plain.log.COMPLETED: 8 bytes or more, up to its end at " + (sent + 8),
        "the nearest before ends at " + sent);

    // Nor is a name enough.
    drop(Spool.RENAMED, "never-sent.log.COMPLETED", Form.PLAIN, 10);
    assertThat(audit(Spool.RENAMED).out()).contains("2 LINES MISSING, 3 complete");
  }

  @Test
  void anAgentMayDieAndRunMeanwhile() throws Exception {
    drop(Spool.RENAMED, "first.log", Form.PLAIN, 200);
    drop(Spool.RENAMED, "large.log", Form.PLAIN, 300_000);
    Agent agent = start("dies");
    try (TopicCount records = new TopicCount(broker.bootstrapServers(), topic, 2)) {
      Await.until("some have come", LIMIT, () -> records.about() > 2_000);
    }
    agent.process().kill();
    FlafkaScript.Answer dead =
        assertComplete(Spool.RENAMED, "1 in progress", "first.log.COMPLETED", "large.log  ");
    assertThat(dead.out()).containsPattern("large.log +reading +\\d+ +\\d+ +\\d+ +in progress");

    agent = start("lives");
    for (int i = 0; i < 3; i++) {
      for (int file = 0; file < 25; file++) {
        String name = i + "-" + file;
        drop(Spool.RENAMED, name + ".log", Form.PLAIN, 10 + 50 * file);
        drop(Spool.RENAMED, name + ".gz", Form.GZIP, 10 + 50 * file);
        drop(Spool.DELETED, name + ".log", Form.UNENDED, 10 + 50 * file);
      }
      assertComplete(Spool.RENAMED);
      assertComplete(Spool.DELETED);
    }
    drop(Spool.RENAMED, "torn.gz", Form.TORN_GZIP, 100);
    awaitAll();
    assertThat(agent.stop()).isTrue();
    assertIncomplete(
        Spool.RENAMED, "152 files: 152 complete", "1 files or events are in quarantine");
    assertComplete(Spool.DELETED, "0 files");
  }

  @Test
  void saysWhatIsWrongInALine() throws Exception {
    assertRefused("no source has ever read " + Spool.RENAMED.in(folder), "check --spool");
    Files.createDirectories(Spool.RENAMED.in(folder).resolve(".flumespool/.flafka"));
    assertRefused("UnknownTopicOrPartition", "check the topic's name");
  }

  private void assertRefused(String... words) throws Exception {
    FlafkaScript.Answer answer = audit(Spool.RENAMED);
    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.err()).startsWith("flafka audit: ").contains(words).hasLineCount(1);
    assertThat(answer.out()).isEmpty();
  }
}
