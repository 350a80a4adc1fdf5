package io.flafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.chaos.step.Byteman;
import io.flafka.chaos.step.KillRule;
import io.flafka.chaos.step.LandingKillPoint;
import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.JavaProcess;
import io.flafka.testbed.TestbedExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code flafka rescue}, from the tarball, of what killed agents and writers have left.
 *
 * <p>The NameNode takes a writer for dead a minute after its last sign, and no setting shortens
 * that. So one is killed first of all, and what it left is looked at last.
 */
@ExtendWith(TestbedExtension.class)
@TestMethodOrder(OrderAnnotation.class)
class RescueIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration SOFT_LIMIT = Duration.ofSeconds(60);
  private static final String STOCK = "/rescue-stock";
  private static final String RESCUED = STOCK + "/2013-09-15/FlumeData.1379203200123";
  private static final String DEAD = RESCUED + ".tmp";

  @TempDir private static java.nio.file.Path shared;

  @TempDir private java.nio.file.Path folder;

  private static FlafkaScript flafka;

  @BeforeAll
  static void leaveAFileOpen(Hdfs hdfs) throws Exception {
    flafka = new FlafkaScript(Installation.withHadoop(shared.resolve("home")).flafka(), shared);
    try (FileSystem files = hdfs.fileSystem()) {
      files.delete(new Path(STOCK), true);
    }
    JavaProcess writer = HdfsWriter.start(hdfs, shared, DEAD, "one\ntwo\nthr");
    Await.until("it is written", LIMIT, () -> HdfsWriter.hasWritten(writer));
    writer.kill();
  }

  @AfterAll
  static void clear(Hdfs hdfs) throws IOException {
    try (FileSystem files = hdfs.fileSystem()) {
      files.delete(new Path(STOCK), true);
    }
  }

  private static void assertDone(FlafkaScript.Answer answer, String... words) {
    assertThat(answer.out()).as(answer.err()).contains(words);
    assertThat(answer.err()).isEmpty();
    assertThat(answer.status()).as(answer.out()).isZero();
  }

  private static void assertLeft(FlafkaScript.Answer answer, String... words) {
    assertThat(answer.out()).as(answer.err()).contains(words);
    assertThat(answer.err()).isEmpty();
    assertThat(answer.status()).as(answer.out()).isEqualTo(1);
  }

  /** All that is in a directory: names, lengths, times, and what is open. */
  private static List<String> state(Hdfs hdfs, String directory) throws IOException {
    TreeSet<String> state = new TreeSet<>();
    try (FileSystem files = hdfs.fileSystem()) {
      RemoteIterator<LocatedFileStatus> all = files.listFiles(new Path(directory), true);
      while (all.hasNext()) {
        LocatedFileStatus file = all.next();
        boolean closed = ((DistributedFileSystem) files).isFileClosed(file.getPath());
        state.add(
            file.getPath()
                + (closed ? " closed " : " open ")
                + file.getLen()
                + " "
                + file.getModificationTime());
      }
    }
    return List.copyOf(state);
  }

  @Test
  @Order(1)
  void aDeadSinksCommitIsPublishedAndEachOfItsLinesIsThereOnce(Broker broker, Hdfs hdfs)
      throws Exception {
    LandingKillPoint point = LandingKillPoint.FIRST_RENAMED;
    try (Landing landing = new Landing(broker, hdfs, "rescue-" + System.nanoTime(), 2, folder)) {
      landing.writeInTransactions();
      landing.write(60, point.directories());
      Agent agent =
          landing.start(
              "dies",
              landing.configuration(),
              Byteman.options(point.script(), folder.resolve("dies.btm")));
      Armed.awaitDeath(agent, point, LIMIT);
      List<String> before = state(hdfs, "/" + landing.topic());

      assertLeft(flafka.run("rescue", "--path=" + landing.uri(), "--apply"), "add --topic");
      assertLeft(
          flafka.run(
              "rescue",
              "--path=" + landing.uri(),
              "--topic=" + landing.topic(),
              "--group=mistyped",
              "--bootstrap-server=" + broker.bootstrapServers(),
              "--apply"),
          "the group mistyped has committed nothing",
          "check --group");
      try (Rival rival = new Rival(broker, landing.topic())) {
        Await.until("it is a member", LIMIT, () -> rival.joins() && rival.partitions() > 0);
        assertLeft(rescue(broker, landing, "--apply"), "has members: ", "on 127.0.0.1");
      }
      assertLeft(rescue(broker, landing), "committed by the group", "Nothing was changed");
      assertThat(state(hdfs, "/" + landing.topic())).isEqualTo(before);

      assertDone(rescuedWhileAnotherJoins(broker, landing), ".json: published", " 0 left.");
      assertThat(landing.unfinished()).isEmpty();
      FlafkaScript.Answer audit = flafka.run(arguments("audit", broker, landing));
      assertThat(audit.out()).contains("\nComplete: ");
      assertThat(audit.status()).isZero();
      assertDone(rescue(broker, landing), "Nothing is left");

      try (Agent next = landing.start("next", landing.configuration())) {
        landing.awaitAllOf(LIMIT, next);
        assertLive(rescue(broker, landing, "--apply"));
        assertThat(next.stop()).isTrue();
      }
    }
  }

  /** Who joins the group meanwhile is given nothing before all is done. */
  private FlafkaScript.Answer rescuedWhileAnotherJoins(Broker broker, Landing landing)
      throws Exception {
    String linger =
        KillRule.linger("io.flafka.hdfs.exactlyonce.Recovery", "recover", "AT ENTRY")
            .text("linger");
    String options = String.join(" ", Byteman.options(linger, folder.resolve("linger.btm")));
    CompletableFuture<FlafkaScript.Answer> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                String[] apply = arguments("rescue", broker, landing, "--apply");
                return flafka.run(Map.of("FLAFKA_OPTS", options), apply);
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    Await.until("it is at it", LIMIT, () -> flafka.printed().contains(KillRule.LINGERS));
    try (Rival rival = new Rival(broker, landing.topic())) {
      Await.until(
          "it has done it",
          LIMIT,
          () -> {
            int given = rival.joins() ? rival.partitions() : 0;
            boolean done = flafka.printed().contains(".json: published");
            assertThat(done ? 0 : given).as("partitions that another is given before").isZero();
            return done;
          });
      Await.until("it has left", LIMIT, () -> rival.joins() && rival.partitions() > 0);
    }
    return answer.get();
  }

  private static void assertLive(FlafkaScript.Answer answer) {
    assertThat(answer.out()).contains("1 run shows signs of life");
    assertThat(answer.status()).as(answer.out()).isZero();
  }

  private FlafkaScript.Answer rescue(Broker broker, Landing landing, String... more)
      throws Exception {
    return flafka.run(arguments("rescue", broker, landing, more));
  }

  private static String[] arguments(
      String command, Broker broker, Landing landing, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--topic=" + landing.topic(),
                "--group=" + landing.topic(),
                "--path=" + landing.uri(),
                "--bootstrap-server=" + broker.bootstrapServers()));
    arguments.addAll(List.of(more));
    return arguments.toArray(new String[0]);
  }

  @Test
  @Order(2)
  void filesInUseAreFinishedUnlessTheirWriterLives(Hdfs hdfs) throws Exception {
    String[] plan = {"rescue", "--path=" + hdfs.uri() + STOCK, "--older-than=0s"};
    String[] apply = {plan[0], plan[1], plan[2], "--apply"};
    try (FileSystem files = hdfs.fileSystem();
        FSDataOutputStream live = files.create(in("live.tmp"))) {
      live.write("one\n".getBytes(UTF_8));
      live.hflush();
      write(files, "closed.tmp", "one\n");
      write(files, "empty.tmp", "");
      write(files, "taken.tmp", "mine\n");
      write(files, "taken", "theirs\n");
      List<String> before = state(hdfs, STOCK);
      assertLeft(
          flafka.run(plan),
          "5 found that dead sinks may have left",
          "close and publish, unless its writer lives",
          "delete, since it is empty",
          "leave: taken exists");
      assertDone(flafka.run("rescue", plan[1]), "5 *.tmp younger than 1h");
      assertThat(state(hdfs, STOCK)).isEqualTo(before);

      FlafkaScript.Answer first = flafka.run(apply);
      assertLeft(
          first,
          "closed.tmp: published as closed\n",
          "empty.tmp: deleted",
          "live.tmp: its writer lives (",
          "left  2013-09-15/taken.tmp: taken exists");
      Await.until(
          "the writer that was killed is taken for dead",
          SOFT_LIMIT.plus(LIMIT),
          () -> flafka.run(apply).status() <= 1 && files.exists(new Path(RESCUED)));
      assertThat(text(hdfs, RESCUED)).isEqualTo("one\ntwo\nthr");
      assertThat(text(hdfs, in("closed").toString())).isEqualTo("one\n");
      assertThat(text(hdfs, in("taken").toString())).isEqualTo("theirs\n");
      assertThat(text(hdfs, in("taken.tmp").toString())).isEqualTo("mine\n");
      assertThat(files.exists(in("empty.tmp")) || files.exists(in("empty"))).isFalse();

      live.write("two\n".getBytes(UTF_8));
    }
    assertThat(text(hdfs, in("live.tmp").toString())).isEqualTo("one\ntwo\n");
    assertLeft(flafka.run(apply), "live.tmp: published as live\n", "1 done, 1 left");
  }

  private static Path in(String file) {
    return new Path(STOCK + "/2013-09-15/" + file);
  }

  private static void write(FileSystem files, String name, String content) throws IOException {
    try (FSDataOutputStream out = files.create(in(name))) {
      out.write(content.getBytes(UTF_8));
    }
  }

  private static String text(Hdfs hdfs, String file) throws IOException {
    try (FileSystem files = hdfs.fileSystem();
        var in = files.open(new Path(file))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
