package io.flafka.spooldir.stock;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.spooldir.stock.SideBySide.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.apache.flume.FlumeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where files are found and dealt with in another way than by stock, or kill stock's source. */
class StockFileDifferencesTest {
  private static final byte[] NOTHING = {};

  @TempDir private Path folder;
  private SideBySide both;

  @BeforeEach
  void open() throws IOException {
    both = new SideBySide(folder);
  }

  private SideBySide meddled() {
    return both.with("interceptors", "i", "interceptors.i.type", Meddler.Builder.class.getName())
        .with("fileHeader", "true");
  }

  @Test
  void stockDiesOfANameThatWasUsedBeforeAndOursAddsANumber() throws IOException {
    both.passedOver("a.COMPLETED", NOTHING).file("a", "1\n").file("b", "2\n");

    assertThat(both.readToDeath().bodies()).containsExactly("1");
    Outcome ours = both.read(Side.OURS);
    assertThat(ours.bodies()).containsExactly("1", "2");
    assertThat(ours.files())
        .containsExactly("spool/a.1.COMPLETED", "spool/a.COMPLETED", "spool/b.COMPLETED");
  }

  @Test
  void stockDiesOfAFileThatGrowsAndOursPutsItIntoQuarantine() throws IOException {
    meddled().file("a", "1\ngrow\n2\n").file("b", "3\n");

    both.readToDeath();
    Outcome ours = both.read(Side.OURS);
    assertThat(ours.bodies()).containsExactly("1", "grow", "2", "3");
    assertThat(ours.files())
        .contains("spool/.flumespool/quarantine/a", "spool/.flumespool/quarantine/a.report")
        .contains("spool/b.COMPLETED");
  }

  @Test
  void stockWaitsAtALinkThatLeadsNowhereAndOursGoesOn() throws IOException {
    both.file("b", "1\n");
    for (Side side : Side.values()) {
      Files.createSymbolicLink(both.spool(side).resolve("a"), folder.resolve("nowhere"));
    }

    try (Reading stock = both.start(Side.STOCK, Side.STOCK)) {
      // At each attempt the note is another file.
      Path note = both.spool(Side.STOCK).resolve(".flumespool/.flumespool-main.meta");
      Set<FileTime> notes = new HashSet<>();
      stock.await(
          "it has tried three times",
          () ->
              Files.exists(note) && notes.add(Files.getLastModifiedTime(note)) && notes.size() > 2);
      assertThat(stock.events()).isEmpty();
      Files.delete(both.spool(Side.STOCK).resolve("a"));
      stock.await("it goes on", () -> !stock.events().isEmpty());
    }
    assertThat(both.read(Side.OURS).bodies()).containsExactly("1");
  }

  @Test
  void stockDiesOfAnInterceptorThatFailsAndOursTriesAgain() throws IOException {
    meddled().with("interceptors.i.failAt", "2").file("a", "1\n2\n3\n");

    assertThat(both.readToDeath().bodies()).isEmpty();
    assertThat(both.read(Side.OURS).bodies()).containsExactly("1", "2", "3");
  }

  @Test
  void stockIgnoresAnotherFileOfAMarkedNameAndOursReadsIt() throws IOException {
    both.with("trackingPolicy", "tracker_dir").file("a", "1\n");
    both.assertSame();
    both.file("z", "2\n");
    for (Side side : Side.values()) {
      Path other = both.folder(side).resolve("other");
      Files.writeString(other, "another\n");
      Files.move(other, both.spool(side).resolve("a"), REPLACE_EXISTING);
    }
    both.modified("z", FileTime.from(Instant.now().plusSeconds(60)));

    assertThat(both.read(Side.STOCK).bodies()).containsExactly("2");
    assertThat(both.read(Side.OURS).bodies()).containsExactly("another", "2");
  }

  @Test
  void stockCreatesOneMissingDirectoryOfTheTrackersAndOursAll() throws IOException {
    both.with("trackerDir", "DIR/not/yet/there").file("a", "1\n");

    assertThatThrownBy(() -> both.read(Side.STOCK)).isInstanceOf(FlumeException.class);
    assertThat(both.read(Side.OURS).bodies()).containsExactly("1");
  }

  @Test
  void stockKeepsTheDotsOfAPathInTheHeaderAndOursDoesNot() throws IOException {
    both.with("spoolDir", "DIR/not/../spool", "fileHeader", "true").file("a", "1\n");
    for (Side side : Side.values()) {
      Files.createDirectory(both.folder(side).resolve("not"));
    }

    assertThat(both.read(Side.STOCK).events().get(0).headers())
        .containsEntry("file", "DIR/not/../spool/a");
    assertThat(both.read(Side.OURS).events().get(0).headers()).containsEntry("file", "DIR/spool/a");
  }

  @Test
  void stockOrdersByMillisecondsAndOursByNanoseconds() throws IOException {
    Instant time = Instant.ofEpochSecond(1_200_000_000, 5_000_000);
    both.file("a", "later").file("b", "earlier");
    both.modified("a", FileTime.from(time.plusNanos(1_000)));
    both.modified("b", FileTime.from(time));

    assertThat(both.read(Side.STOCK).bodies()).containsExactly("later", "earlier");
    assertThat(both.read(Side.OURS).bodies()).containsExactly("earlier", "later");
  }
}
