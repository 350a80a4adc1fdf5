package io.flafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flafka.chaos.step.Byteman;
import io.flafka.chaos.step.LandingKillPoint;
import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.FlumeHome;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.Home;
import io.flafka.testbed.TestbedExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code flafka audit}, from the tarball, of what real agents have landed. */
@ExtendWith(TestbedExtension.class)
class AuditIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int PARTITIONS = 2;

  @TempDir private Path folder;
  private Broker broker;
  private Hdfs hdfs;
  private Landing landing;

  @BeforeEach
  void open(Broker broker, Hdfs hdfs) throws IOException {
    this.broker = broker;
    this.hdfs = hdfs;
    landing = new Landing(broker, hdfs, "audit-" + System.nanoTime(), PARTITIONS, folder);
    landing.writeInTransactions();
  }

  @AfterEach
  void close() throws IOException {
    landing.close();
  }

  /** What it says of the landing; more options, or others than usual. */
  private FlafkaScript.Answer audit(String... more) throws Exception {
    return landing.flafka().run(arguments(more));
  }

  private String[] arguments(String... more) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String option :
        List.of(
            "--topic=" + landing.topic(),
            "--group=" + landing.topic(),
            "--path=" + landing.uri(),
            "--bootstrap-server=" + broker.bootstrapServers())) {
      options.put(name(option), option);
    }
    List.of(more).forEach(option -> options.put(name(option), option));
    List<String> arguments = new ArrayList<>(List.of("audit"));
    arguments.addAll(options.values());
    return arguments.toArray(new String[0]);
  }

  private static String name(String option) {
    return option.replaceFirst("=.*", "");
  }

  private void land(String name) throws Exception {
    try (Agent agent = landing.start(name, landing.configuration())) {
      Await.until("all is visible", LIMIT, () -> landing.missing() == 0);
      assertThat(agent.stop()).isTrue();
    }
  }

  /** What it says beside the answer; on a slow machine it also tells how far it is. */
  private static List<String> complaints(FlafkaScript.Answer answer) {
    return answer.err().lines().filter(line -> !line.startsWith("... ")).toList();
  }

  private static void assertIncomplete(FlafkaScript.Answer answer, String... words) {
    assertThat(complaints(answer)).isEmpty();
    assertThat(answer.out()).contains(words).contains("Not complete");
    assertThat(answer.status()).isEqualTo(1);
  }

  private static void assertRefused(FlafkaScript.Answer answer, String... words) {
    assertThat(answer.status()).isEqualTo(1);
    assertThat(complaints(answer)).hasSize(1);
    assertThat(answer.err()).contains("flafka audit: ").contains(words);
    assertThat(answer.out()).isEmpty();
  }

  @Test
  void whatHasAllLandedIsComplete() throws Exception {
    landing.write(100, "a", "b");
    try (Agent agent = landing.start("lands", landing.configuration())) {
      Await.until("all is visible", LIMIT, () -> landing.missing() == 0);
      landing.write(100, "a", "b");
      Await.until("all is visible", LIMIT, () -> landing.missing() == 0);
      landing.awaitAllOf(LIMIT, agent);
    }
    // Another group beside it, and another topic.
    String other = landing.configuration().replace("group.id = ", "group.id = other-");
    try (Agent agent = landing.start("other", other)) {
      Await.until(
          "another group has landed it", LIMIT, () -> landing.visible() >= 2 * landing.written());
      assertThat(agent.stop()).isTrue();
    }

    FlafkaScript.Answer answer = audit();
    assertThat(answer.out()).contains("of others left out").contains("\nComplete: ");
    assertThat(complaints(answer)).isEmpty();
    assertThat(answer.status()).isZero();

    JsonNode json = new ObjectMapper().readTree(audit("--json").out());
    assertThat(json.get("complete").booleanValue()).isTrue();
    assertThat(json.get("partitions")).hasSize(PARTITIONS);
    assertThat(json.at("/totals/events").longValue()).isEqualTo(landing.written());
    assertThat(json.at("/totals/others").longValue()).isPositive();
    assertThat(json.at("/files/missing").longValue()).isZero();

    deleteOneFile();
    assertThat(audit().out())
        .contains("1 files are not where they were published")
        .contains("\nComplete: ");

    deleteOneManifest();
    FlafkaScript.Answer gap = audit();
    assertIncomplete(gap, "1 gap");
    assertThat(gap.out()).containsPattern("audit-\\d+-[01]: gap \\[\\d+, \\d+\\)");
  }

  private void deleteOneFile() throws IOException {
    String file =
        landing.published().stream().filter(name -> name.contains("/a/")).findFirst().orElseThrow();
    try (var files = hdfs.fileSystem()) {
      files.delete(new org.apache.hadoop.fs.Path(file), false);
    }
  }

  /** The second one, so that the last one still tells where to go on. */
  private void deleteOneManifest() throws IOException {
    try (var files = hdfs.fileSystem()) {
      var history = new org.apache.hadoop.fs.Path(landing.uri() + "/_flafka/history");
      var all = files.globStatus(new org.apache.hadoop.fs.Path(history, "*/*.json"));
      for (var manifest : List.of(all).subList(1, all.length)) {
        try (var in = files.open(manifest.getPath())) {
          if (new String(in.readAllBytes(), UTF_8).contains("\"" + landing.topic() + "/")) {
            files.delete(manifest.getPath(), false);
            return;
          }
        }
      }
    }
  }

  @Test
  void whatIsLandedAgainOverlaps() throws Exception {
    landing.write(100, "a");
    land("lands");
    assertThat(audit().status()).isZero();

    new Offsets(broker).move(List.of(landing.topic()), new TopicPartition(landing.topic(), 1), 10);
    assertIncomplete(audit(), "past the group", "it will be landed again");

    try (Agent agent = landing.start("lands-again", landing.configuration())) {
      Await.until(
          "the group is where it was",
          LIMIT,
          () ->
              new Offsets(broker)
                  .committed(landing.topic())
                  .equals(new Offsets(broker).ends(PARTITIONS, landing.topic())));
      assertThat(agent.stop()).isTrue();
    }
    assertIncomplete(audit(), "overlap [10, ");
  }

  @Test
  void comparesTheLinesThemselves() throws Exception {
    landing.write(100, "a");
    land("lands");
    FlafkaScript.Answer same = audit("--deep");
    assertThat(same.out()).contains(landing.written() + " lines compared", "\nComplete: ");
    assertThat(complaints(same)).isEmpty();
    assertThat(same.status()).isZero();

    assertThat(audit("--deep", "--parse-as-flume-event").status()).as("as events").isEqualTo(1);
    assertRunsWith(Home.HADOOP);
    assertRunsWith(Home.HADOOP_3_3);

    List<String> files = landing.published().stream().filter(name -> name.contains("/a/")).toList();
    String lost = change(files.get(0), text -> text.substring(text.indexOf('\n') + 1));
    String doubled = change(files.get(1), text -> text + text.substring(0, text.indexOf('\n') + 1));
    change(files.get(2), text -> "line from elsewhere\n" + text);
    assertThat(audit().status()).isZero();
    FlafkaScript.Answer answer = audit("--deep");
    assertIncomplete(answer, "3 differ", ": line from elsewhere\n");
    assertThat(answer.out())
        .containsPattern("lost .*audit-\\d+-[01] offset \\d+: " + lost + "\n")
        .containsPattern("doubled .*" + files.get(1) + ": " + doubled + "\n")
        .containsPattern("foreign .*" + files.get(2) + ": line from elsewhere\n");
  }

  /** From the plain tarball, and with a Hadoop's own jars. */
  private void assertRunsWith(Home hadoop) throws Exception {
    Path home = FlumeHome.assembleHadoop(folder.resolve(hadoop.name()), hadoop);
    Installation plain = Installation.plain(folder.resolve("with-" + hadoop.name()));
    FlafkaScript.Answer answer =
        new FlafkaScript(plain.flafka(), folder)
            .run(Map.of("HADOOP_HOME", home.toString()), arguments("--deep"));
    assertThat(answer.out()).as(answer.err()).contains("\nComplete: ");
    assertThat(answer.status()).isZero();
  }

  /** Changes a published file, and returns its first line. */
  private String change(String file, UnaryOperator<String> how) throws IOException {
    try (var files = hdfs.fileSystem()) {
      var path = new org.apache.hadoop.fs.Path(file);
      String text;
      try (var in = files.open(path)) {
        text = new String(in.readAllBytes(), UTF_8);
      }
      try (var out = files.create(path, true)) {
        out.write(how.apply(text).getBytes(UTF_8));
      }
      return text.substring(0, text.indexOf('\n'));
    }
  }

  /** Where a manifest is pending, the group alone tells what it is. */
  @ParameterizedTest
  @EnumSource(
      value = LandingKillPoint.class,
      names = {"MANIFEST_WRITTEN", "NOT_CLOSED", "MANIFEST_HALF_WRITTEN", "NOT_RENAMED"})
  void tellsWhatADeadAgentLeft(LandingKillPoint point) throws Exception {
    landing.write(60, "before");
    Agent agent =
        landing.start(
            "dies",
            landing.configuration(),
            Byteman.options(point.script(), folder.resolve("dies.btm")));
    Await.until("all is visible", LIMIT, () -> landing.missing() == 0);
    landing.write(60, point.directories());
    Armed.awaitDeath(agent, point, LIMIT);
    FlafkaScript.Answer answer = audit();
    switch (point) {
      case NOT_RENAMED -> assertIncomplete(answer, "1 pending", "committed, to be published by");
      case MANIFEST_WRITTEN -> {
        assertThat(answer.out()).contains("1 staged").contains("not committed, prepared by");
        assertThat(answer.status()).isZero();
      }
      case MANIFEST_HALF_WRITTEN -> {
        assertThat(answer.out()).contains("1 torn");
        assertThat(answer.status()).isZero();
      }
      default -> {
        assertThat(answer.out()).contains("orphans");
        assertThat(answer.status()).isZero();
      }
    }

    land("after");
    assertThat(audit().out()).contains("\nComplete: ").doesNotContain("orphans");
  }

  @Test
  void saysWhatIsWrongInALine() throws Exception {
    assertRefused(
        audit(), "has committed nothing of the topic " + landing.topic(), "--group", "--path");
    assertRefused(audit("--topic=nosuch"), "UnknownTopicOrPartition", "check the topic's name");
    assertRefused(audit("--path=hdfs://127.0.0.1:1/x"), "127.0.0.1:1", "check --path");
    assertRefused(audit("--path=hdfs://nosuchservice/x"), "nosuchservice", "core-site.xml");
    Path quick = folder.resolve("quick.properties");
    Files.writeString(quick, "request.timeout.ms=1000\ndefault.api.timeout.ms=1000\n");
    assertRefused(
        audit("--bootstrap-server=127.0.0.1:1", "--command-config=" + quick),
        "127.0.0.1:1",
        "check --bootstrap-server");
    assertThat(audit("--no-such-option").status()).isEqualTo(2);
  }

  @Test
  void runsThroughALinkAndSaysWhereHadoopIsMissing() throws Exception {
    Installation plain = Installation.plain(folder.resolve("plain"));
    Path link = folder.resolve("linked");
    Files.createSymbolicLink(link, plain.flafka());
    FlafkaScript flafka = new FlafkaScript(link, folder);
    Map<String, String> path = Map.of("PATH", "/usr/bin:/bin");

    FlafkaScript.Answer version = flafka.run("version");
    assertThat(version.out()).contains("Flafka").contains("kafka-clients 4");
    assertThat(version.status()).isZero();
    FlafkaScript.Answer audit =
        flafka.run(
            path, "audit", "--topic=t", "--group=g", "--path=/p", "--bootstrap-server=127.0.0.1:1");
    assertRefused(audit, "it takes Hadoop's client", "HADOOP_HOME");
  }
}
