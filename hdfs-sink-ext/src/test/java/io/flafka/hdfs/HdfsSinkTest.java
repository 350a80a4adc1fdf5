package io.flafka.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.hdfs.faults.Faults.Call;
import io.flafka.testbed.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.apache.flume.event.EventBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HdfsSinkTest {
  @TempDir Path folder;

  @Test
  void landsEveryEventInTheDirectoryOfItsHeader() throws Exception {
    try (Rig rig = new Rig(folder).start()) {
      rig.putRange(0, 25, "a", "b");
      assertThat(rig.process()).isEqualTo(Status.READY);
      assertThat(rig.published()).isEmpty();
      rig.sink.stop();

      assertThat(rig.inUse()).isEmpty();
      assertThat(rig.publishedLines()).hasSize(25).doesNotHaveDuplicates();
      assertThat(Rig.lines(rig.published().subList(0, 1)))
          .hasSize(13)
          .contains("event-0", "event-24");
      assertThat(rig.published().get(0).toString())
          .matches(".*/a/FlumeData\\.1379246400000-[0-9a-f]{8}-0");
    }
  }

  @Test
  void backsOffOnlyWhenTheChannelHadNothingAtOnce() throws Exception {
    try (Rig rig = new Rig(folder).start()) {
      assertThat(rig.process()).isEqualTo(Status.BACKOFF);
      rig.put("a", "one");
      assertThat(rig.process()).isEqualTo(Status.READY);
    }
  }

  @Test
  void doesNotLetWhatTricklesInWaitForAFullBatch() throws Exception {
    try (Rig rig = new Rig(folder, "hdfs.batchSize", "1000")) {
      rig.sink = new HdfsSink(InstantSource.system(), Duration.ofMillis(1));
      rig.start();
      rig.putRange(0, 1000, "a");
      rig.channel.wait = Duration.ofMillis(5);
      while (rig.inUse().isEmpty()) {
        rig.process();
      }

      assertThat(Rig.lines(rig.inUse())).hasSizeLessThan(900);
    }
  }

  @Test
  void makesEventsDurableBeforeTheChannelGivesThemUp() throws Exception {
    try (Rig rig = new Rig(folder, "hdfs.rollCount", "7", "hdfs.maxOpenFiles", "1").start()) {
      rig.channel.beforeCommit =
          events ->
              assertThat(Rig.lines(rig.files(any -> true)))
                  .containsAll(
                      events.stream()
                          .map(event -> new String(event.getBody(), StandardCharsets.UTF_8))
                          .toList());
      rig.putRange(0, 100, "a", "b", "c");
      rig.drain(10);
      assertThat(rig.channel.isEmpty()).isTrue();
      assertThat(rig.channel.rollbacks).isZero();
    }
  }

  @Test
  void rollsExactlyByCountWhateverTheBatch() throws Exception {
    try (Rig rig = new Rig(folder, "hdfs.rollCount", "4").start()) {
      rig.putRange(0, 10, "a");
      rig.process();

      assertThat(rig.published())
          .hasSize(2)
          .allSatisfy(f -> assertThat(Files.readAllLines(f)).hasSize(4));
      assertThat(Rig.lines(rig.inUse())).containsExactly("event-8", "event-9");
    }
  }

  @Test
  void publishesAFullFileOnlyAfterTheCommit() throws Exception {
    try (Rig rig = new Rig(folder, "hdfs.rollCount", "10").start()) {
      rig.channel.beforeCommit =
          events -> {
            if (!events.isEmpty()) {
              assertThat(rig.published()).isEmpty();
            }
          };
      rig.putRange(0, 10, "a");
      rig.process();
      assertThat(rig.published()).hasSize(1);
    }
  }

  @Test
  void rollsBySizeInBytesAsWritten() throws Exception {
    try (Rig rig = new Rig(folder, "hdfs.rollSize", "16", "hdfs.rollCount", "0").start()) {
      rig.putRange(0, 4, "a");
      rig.process();
      assertThat(rig.published()).hasSize(2).allSatisfy(f -> assertThat(f).hasSize(16));
    }
  }

  @Test
  void compressedFilesCanBeReadInFullBeforeTheChannelGivesTheirEventsUp() throws Exception {
    try (Rig rig =
        new Rig(folder, "hdfs.fileType", "CompressedStream", "hdfs.codeC", "gzip").start()) {
      rig.channel.beforeCommit =
          events ->
              assertThat(unzippedLines(rig.inUse()))
                  .containsAll(
                      events.stream()
                          .map(event -> new String(event.getBody(), StandardCharsets.UTF_8))
                          .toList());
      List<String> bodies = rig.putRange(0, 35, "a", "b");
      rig.drain(10);
      rig.sink.stop();
      assertThat(rig.channel.rollbacks).isZero();
      assertThat(rig.published()).hasSize(2).allMatch(file -> file.toString().endsWith(".gz"));
      assertThat(unzippedLines(rig.published())).containsExactlyInAnyOrderElementsOf(bodies);
    }
  }

  private static List<String> unzippedLines(List<Path> files) {
    List<String> lines = new ArrayList<>();
    for (Path file : files) {
      try (InputStream content = new GZIPInputStream(Files.newInputStream(file))) {
        new String(content.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(lines::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return lines;
  }

  @Test
  void rollsByTimeWithoutNewEvents() throws Exception {
    try (Rig rig = new Rig(folder).start()) {
      rig.putRange(0, 4, "a", "b", "c");
      rig.process();
      rig.now = rig.now.plusSeconds(299);
      rig.process();
      assertThat(rig.published()).isEmpty();
      rig.now = rig.now.plusSeconds(1);
      assertThat(rig.process()).isEqualTo(Status.BACKOFF);
      assertThat(rig.publishedLines()).hasSize(4);
      assertThat(rig.inUse()).isEmpty();
    }
  }

  @Test
  void closesIdleFiles() throws Exception {
    try (Rig rig = new Rig(folder, "hdfs.idleTimeout", "20").start()) {
      rig.put("a", "one");
      rig.process();
      rig.now = rig.now.plusSeconds(15);
      rig.put("b", "two");
      rig.process();
      rig.now = rig.now.plusSeconds(5);
      rig.process();
      assertThat(rig.publishedLines()).containsExactly("one");
    }
  }

  @Test
  void keepsNoMoreFilesOpenThanAllowed() throws Exception {
    try (Rig rig = new Rig(folder, "hdfs.maxOpenFiles", "2").start()) {
      for (String host : List.of("a", "b", "a", "c")) {
        rig.put(host, host);
        rig.process();
      }
      assertThat(rig.publishedLines()).containsExactly("b");
      assertThat(rig.inUse()).hasSize(2);
    }
  }

  @Test
  void startsAgainAfterAStop() throws Exception {
    try (Rig rig = new Rig(folder).start()) {
      rig.put("a", "one");
      rig.process();
      rig.sink.stop();
      rig.sink.stop();
      assertThatThrownBy(rig::process).isInstanceOf(EventDeliveryException.class);
      rig.sink.start();
      rig.put("a", "two");
      rig.process();
      rig.sink.stop();
      assertThat(rig.publishedLines()).containsExactlyInAnyOrder("one", "two");
    }
  }

  @Test
  void endsItsThreads() throws Exception {
    try (Rig rig = new Rig(folder).start()) {
      rig.sink.setName("threads");
      rig.sink.stop();
      rig.sink.start();
      rig.putRange(0, 10, "a", "b");
      rig.process();
      assertThat(threads("threads-lander")).isEqualTo(1);
      rig.sink.stop();
      Await.until("threads end", Duration.ofSeconds(5), () -> threads("threads-") == 0);
    }
  }

  @Test
  void endsTheThreadsThatCompress() throws Exception {
    try (Rig rig = compressing().start()) {
      for (int i = 0; i < 20; i++) {
        rig.put("a", "x".repeat(100_000));
      }
      rig.process();
      assertThat(threads("sink k1-gzip-")).isPositive();
      rig.sink.stop();
      Await.until("threads end", Duration.ofSeconds(5), () -> threads("sink k1-gzip-") == 0);

      rig.sink.start();
      rig.put("a", "y");
      rig.process();
      rig.sink.stop();
      assertThat(rig.published()).hasSize(2);
    }
  }

  @Test
  void endsTheThreadsThatCompressThoughTheFileCannotBeWritten() throws Exception {
    try (Rig rig = compressing().start()) {
      rig.faults.fail(Call.WRITE, 1, 1000);
      for (int i = 0; i < 20; i++) {
        rig.put("a", "x".repeat(100_000));
      }
      assertThatThrownBy(rig::process).isInstanceOf(EventDeliveryException.class);
      rig.sink.stop();
      Await.until("threads end", Duration.ofSeconds(5), () -> threads("sink k1-gzip-") == 0);
    }
  }

  private Rig compressing() {
    return new Rig(
        folder,
        "hdfs.fileType",
        "CompressedStream",
        "hdfs.codeC",
        "gzip",
        "hdfs.gzipThreads",
        "3",
        "hdfs.batchSize",
        "20",
        "hdfs.rollCount",
        "0",
        "hdfs.rollSize",
        "0");
  }

  private static long threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .count();
  }

  @Test
  void landsWhatHasNoHeaderInUnknown() throws Exception {
    try (Rig rig = new Rig(folder).start()) {
      rig.put("", "one");
      rig.process();
      rig.sink.stop();
      assertThat(rig.published()).hasSize(1);
      assertThat(rig.published().get(0).getParent()).isEqualTo(rig.folder.resolve("unknown"));
    }
  }

  @Test
  void holdsUpAtAnEventWithoutHeaderIfToldToWithoutTouchingFiles() throws Exception {
    try (Rig rig = new Rig(folder, "hdfs.missing", "stop").start()) {
      rig.put("a", "one");
      rig.put("", "two");
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(rig::process)
            .isInstanceOf(EventDeliveryException.class)
            .hasMessageContaining("has no header 'host' for %{host}")
            .hasMessageContaining("2 events stay in the channel");
      }
      assertThat(Rig.lines(rig.files(any -> true))).isEmpty();
      assertThat(rig.files(any -> true)).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void rollsByTimeThoughNobodyAsksItToTakeAStep() throws Exception {
    try (Rig rig = new Rig(folder, "hdfs.rollInterval", "30").start()) {
      rig.put("a", "one");
      rig.process();
      assertThat(rig.published()).isEmpty();

      rig.now = rig.now.plusSeconds(31);

      Await.until("published", Duration.ofSeconds(10), () -> !rig.published().isEmpty());
      assertThat(rig.publishedLines()).containsExactly("one");
    }
  }

  @Test
  void waitsForAFileSystemThatIsNotThere() {
    HdfsSink sink = new HdfsSink();
    sink.setName("k1");
    sink.setChannel(new ListChannel());
    Context context = new Context();
    context.put("hdfs.path", "nosuch://host/logs/%Y");
    sink.configure(context);
    sink.start();
    assertThatThrownBy(sink::process)
        .isInstanceOf(EventDeliveryException.class)
        .hasMessageStartingWith("sink k1: no file system for hdfs.path = nosuch://host/logs/...");
    sink.stop();
  }

  @Test
  void worksOnThePlainLocalFileSystem() throws Exception {
    for (String raw : List.of("false", "true")) {
      HdfsSink sink = new HdfsSink();
      ListChannel channel = new ListChannel();
      sink.setName("k1");
      sink.setChannel(channel);
      Path target = folder.resolve(raw);
      Context context = new Context();
      context.put("hdfs.path", target.toUri().toString());
      context.put("hdfs.fileType", "datastream");
      context.put("hdfs.useRawLocalFileSystem", raw);
      context.put("hdfs.registryDir", folder.resolve("registry").toString());
      sink.configure(context);
      sink.start();
      channel.put(EventBuilder.withBody("one", StandardCharsets.UTF_8));
      sink.process();
      sink.stop();
      try (var files = Files.list(target)) {
        assertThat(files).hasSize(raw.equals("true") ? 1 : 2);
      }
    }
  }
}
