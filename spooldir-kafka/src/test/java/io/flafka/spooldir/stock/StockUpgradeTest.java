package io.flafka.spooldir.stock;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.spooldir.read.Words;
import io.flafka.spooldir.stock.SideBySide.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From stock's source to ours on one directory, in the middle of a file, and back between two. */
class StockUpgradeTest {
  private static final byte[] NOTHING = {};

  @TempDir private Path folder;
  private SideBySide both;

  @BeforeEach
  void open() throws IOException {
    both = new SideBySide(folder).with("interceptors", "i");
    both.with("interceptors.i.type", Meddler.Builder.class.getName());
  }

  /** Ends stock's source at an event, as kill -9 would, and lets ours go on. */
  private List<Outcome> handOver(int event) throws IOException {
    both.with("interceptors.i.failAt", Integer.toString(event));
    Outcome stock = both.readToDeath();
    both.with("interceptors.i.failAt", "0");
    assertThat(both.spool(Side.STOCK).resolve(".flumespool/.flumespool-main.meta")).exists();
    return List.of(stock, both.read(Side.OURS, Side.STOCK));
  }

  private static List<String> bodies(List<Outcome> turns) {
    List<String> bodies = new ArrayList<>();
    turns.forEach(turn -> bodies.addAll(turn.bodies()));
    return bodies;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void linesGoOnWhereStockWasEnded(long seed) throws IOException {
    Random random = new Random(seed);
    both.with("batchSize", Integer.toString(1 + random.nextInt(20)));
    both.with("trackingPolicy", random.nextBoolean() ? "rename" : "tracker_dir");
    for (String name : List.of("a", "b", "c")) {
      StringBuilder text = new StringBuilder();
      for (int line = 0; line < 50; line++) {
        text.append(name.repeat(random.nextInt(40))).append("\u4e16\ud83d\ude00").append(line);
        text.append(random.nextBoolean() ? "\n" : "\r\n");
      }
      both.file(name, text.toString());
    }

    List<Outcome> turns = handOver(1 + random.nextInt(150));
    assertThat(bodies(turns)).isEqualTo(both.read(Side.OURS).bodies());
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,5", "9,7", "20,100", "39,7", "60,1000"})
  void avroGoesOnInTheBlockThatStockWasEndedIn(int event, int block) throws IOException {
    both.with("deserializer", "AVRO", "batchSize", "2").file("a", AvroFile.of(60, block));

    List<Outcome> turns = handOver(event);
    List<String> all = both.read(Side.OURS).bodies();
    List<String> stock = turns.get(0).bodies();
    List<String> ours = turns.get(1).bodies();
    assertThat(stock).isEqualTo(all.subList(0, stock.size()));
    assertThat(ours).isEqualTo(all.subList(60 - ours.size(), 60));
    assertThat(stock.size() + ours.size()).isBetween(60, 60 + block - 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 20, 21})
  void theUsersDeserializerGoesOnWhereStockWasEnded(int event) throws IOException {
    both.with("deserializer", Words.Builder.class.getName(), "batchSize", "3");
    both.file("a", "one \u4e16\u754c three four five six seven eight nine ten ".repeat(3));

    assertThat(bodies(handOver(event))).isEqualTo(both.read(Side.OURS).bodies());
  }

  @Test
  void ofACompressedFileThatStockTookForTextEveryLineComes() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(file)) {
      for (int line = 0; line < 2_000; line++) {
        gzip.write(("line " + line * 7919 % 1_000 + "\n").getBytes(UTF_8));
      }
    }
    both.with("inputCharset", "ISO-8859-1", "batchSize", "1").file("a.gz", file.toByteArray());

    assertThat(handOver(3).get(1).bodies()).hasSize(2_000).startsWith("line 0");
  }

  @Test
  void aFileThatStockHadReadToItsEndGivesNoMoreEvents() throws IOException {
    both.with("batchSize", "1").file("a", "1\n2\n").passedOver("a.COMPLETED", NOTHING);
    assertThat(both.readToDeath().bodies()).containsExactly("1", "2");

    Outcome ours = both.read(Side.OURS, Side.STOCK);
    assertThat(ours.events()).isEmpty();
    assertThat(ours.files()).containsExactly("spool/a.1.COMPLETED", "spool/a.COMPLETED");
  }

  @Test
  void aFileThatStockDiedOfGoesOnAfterwards() throws IOException {
    both.with("batchSize", "2");
    both.file("a", "1\n2\n3\nGr\u00fcn\n5\n".getBytes(ISO_8859_1)).file("b", "6\n");
    assertThat(both.readToDeath().bodies()).containsExactly("1", "2");

    assertThat(both.read(Side.OURS, Side.STOCK).bodies())
        .containsExactly("3", "Gr\u00fcn", "5", "6");
  }

  @ParameterizedTest
  @ValueSource(strings = {".flumespool", "DIR/tracker"})
  void eachObeysTheMarkersOfTheOther(String trackerDir) throws IOException {
    both.with("trackingPolicy", "tracker_dir", "trackerDir", trackerDir);
    both.with("recursiveDirectorySearch", "true").file("a", "1\n").file("sub/b", "2\n");
    both.file("empty", "");
    assertThat(both.read(Side.STOCK).events()).hasSize(3);
    assertThat(both.read(Side.OURS).events()).hasSize(3);
    // Stock's markers stand for the name, whatever is done to the file.
    Files.setLastModifiedTime(both.spool(Side.STOCK).resolve("a"), FileTime.fromMillis(0));

    both.file("c", "3\n");
    assertThat(both.read(Side.OURS, Side.STOCK).bodies()).containsExactly("3");
    assertThat(both.read(Side.STOCK, Side.OURS).bodies()).containsExactly("3");

    both.file("d", "4\n");
    assertThat(both.read(Side.STOCK, Side.STOCK).bodies()).containsExactly("4");
    assertThat(both.read(Side.OURS, Side.OURS).bodies()).containsExactly("4");
  }

  /**
   * Whatever ours has left, its folder, numbered names, quarantine and all, is nothing to stock.
   */
  @ParameterizedTest
  @CsvSource({"never,rename", "never,tracker_dir", "immediate,rename"})
  void backBetweenTwoFilesStockReadsWhatIsNew(String deletePolicy, String trackingPolicy)
      throws IOException {
    both.with("deletePolicy", deletePolicy, "trackingPolicy", trackingPolicy);
    both.with("recursiveDirectorySearch", "true", "fileHeader", "true", "batchSize", "3");
    both.file("a", "1\n2\n3\n4\n").file("sub/b", "5\ngrow\n").file("c", "6\n");
    if (trackingPolicy.equals("rename")) {
      both.passedOver("c.COMPLETED", NOTHING);
    }
    handOver(4);
    Path quarantine = both.spool(Side.STOCK).resolve(".flumespool/quarantine");
    assertThat(quarantine.resolve("sub/b.report")).exists();

    both.file("d", "7\n").file("sub/e", "8\n").file("sub/f", "");
    assertThat(both.read(Side.STOCK).bodies()).containsExactly("7", "8", "");
    both.file("g", "9\n");
    assertThat(both.read(Side.OURS, Side.STOCK).bodies()).containsExactly("9");
  }

  @Test
  void backInTheMiddleOfAFileStockReadsItFromItsBeginning() throws IOException {
    both.with("batchSize", "2", "interceptors.i.failAt", "0").withRoomFor(3);
    both.file("a", "1\n2\n3\n4\n5\n");
    try (Reading ours = both.start(Side.OURS, Side.STOCK)) {
      Path trackers = both.spool(Side.STOCK).resolve(".flumespool/.flafka/trackers");
      ours.await(
          "two lines are noted",
          () -> Files.exists(trackers) && Files.readString(trackers).contains(" 4 LINE "));
    }

    both.modified("a", FileTime.fromMillis(0));
    assertThat(both.read(Side.STOCK).bodies()).containsExactly("1", "2", "3", "4", "5");
  }
}
