package io.flafka.spooldir.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.spooldir.track.StockTracker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.flume.FlumeException;
import org.apache.flume.serialization.DurablePositionTracker;
import org.apache.flume.serialization.PositionTracker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever state stock's {@code .flumespool-main.meta} is in when ours finds it. */
class StockNoteTest {
  private static final String LINES = "1\n2\n3\n4\n5\n";

  @TempDir private Path folder;
  private SideBySide both;
  private Path spool;
  private Path note;

  @BeforeEach
  void open() throws IOException {
    both = new SideBySide(folder).file("a", LINES);
    spool = both.spool(Side.OURS);
    note = Files.createDirectory(spool.resolve(".flumespool")).resolve(".flumespool-main.meta");
  }

  private void note(String file, long... offsets) throws IOException {
    try (PositionTracker stock = DurablePositionTracker.getInstance(note.toFile(), file)) {
      for (long offset : offsets) {
        stock.storePosition(offset);
      }
    }
  }

  private List<String> ours() throws IOException {
    List<String> bodies = both.read(Side.OURS).bodies();
    assertThat(note).doesNotExist();
    return bodies;
  }

  @Test
  void theLastPositionCounts() throws IOException {
    note(spool.resolve("a").toString(), 2, 4, 6);

    assertThat(ours()).containsExactly("4", "5");
    assertThat(note.resolveSibling(".flumespool-main.meta.taken-over")).exists();
  }

  @Test
  void isTakenOverOnce() throws IOException {
    note(spool.resolve("a").toString(), 6);
    assertThat(ours()).containsExactly("4", "5");

    both.file("b", LINES);
    Files.move(spool.resolve("b"), spool.resolve("a"));
    assertThat(ours()).containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void ofNoLengthSaysNothing() throws IOException {
    Files.createFile(note);

    assertThat(both.read(Side.OURS).bodies()).hasSize(5);
  }

  @Test
  void withoutAPositionIsOfTheBeginning() throws IOException {
    note(spool.resolve("a").toString());

    assertThat(ours()).hasSize(5);
  }

  /** By a full disk, or by a power failure: the position before the torn one holds. */
  @Test
  void tornAnywhereLosesNothing() throws IOException {
    Path file = spool.resolve("a");
    note(file.toString());
    int head = (int) Files.size(note);
    Files.delete(note);
    note(file.toString(), 2, 4, 6);
    byte[] whole = Files.readAllBytes(note);
    assertThat(head).isLessThan(whole.length - 3);
    for (int length = head; length <= whole.length; length++) {
      Files.write(note, Arrays.copyOf(whole, length));

      int positions = 3 * (length - head) / (whole.length - head);
      assertThat(StockTracker.find(spool.resolve(".flumespool")))
          .as("of %d bytes", length)
          .contains(new StockTracker(file, 2L * positions));
    }

    Files.write(note, Arrays.copyOf(whole, whole.length - 1));
    assertThat(ours()).containsExactly("3", "4", "5");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 40, 150})
  void thatNamesNoFileStopsTheSourceAndSaysWhatToDo(int length) throws IOException {
    note(spool.resolve("a").toString(), 2);
    byte[] whole = Files.readAllBytes(note);
    Files.write(note, Arrays.copyOf(whole, length));

    assertThatThrownBy(() -> both.read(Side.OURS))
        .isInstanceOf(FlumeException.class)
        .hasMessageContaining("Delete .flumespool-main.meta");
    Files.delete(note);
    assertThat(both.read(Side.OURS).bodies()).hasSize(5);
  }

  @Test
  void ofAFileThatIsGoneSaysNothing() throws IOException {
    note(spool.resolve("gone").toString(), 4);
    assertThat(ours()).hasSize(5);
  }

  @Test
  void ofADirectoryThatIsGoneSaysNothing() throws IOException {
    note(spool.resolve("gone/a").toString(), 4);
    assertThat(ours()).hasSize(5);
  }

  @Test
  void ofAFileElsewhereSaysNothing() throws IOException {
    Path elsewhere = Files.createDirectory(both.folder(Side.OURS).resolve("spool-2"));
    Files.writeString(elsewhere.resolve("a"), LINES);
    note(elsewhere.resolve("a").toString(), 4);

    assertThat(ours()).hasSize(5);
    assertThat(elsewhere.resolve("a")).exists();
  }

  /** Stock would read what is behind that position, that is, nothing. */
  @Test
  void ofALongerFileOfThisNameSaysNothing() throws IOException {
    note(spool.resolve("a").toString(), LINES.length() + 1);

    assertThat(ours()).hasSize(5);
  }

  @Test
  void maySpellTheDirectoryInAnyWay() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), spool);
    Path deep = Files.createDirectories(folder.resolve("one/two"));
    Path linkToDeep = Files.createSymbolicLink(folder.resolve("deep"), deep);
    Path relative = Path.of("").toAbsolutePath().relativize(spool);
    for (Path spelled :
        List.of(
            link.resolve("a"),
            relative.resolve("a"),
            spool.resolve("../spool/./a"),
            // Not what it looks like: the dots are those of one/two.
            linkToDeep.resolve("../../ours/spool/a"))) {
      Files.writeString(spool.resolve("a"), LINES);
      note(spelled.toString(), 6);

      assertThat(ours()).as(spelled.toString()).containsExactly("4", "5");
      Files.delete(spool.resolve("a.COMPLETED"));
    }
  }

  @Test
  void isFoundThoughOursSpellsTheDirectoryInAnotherWay() throws IOException {
    Files.createSymbolicLink(both.folder(Side.OURS).resolve("link"), spool);
    both.with("spoolDir", "DIR/link", "fileHeader", "true");
    note(spool.resolve("a").toString(), 6);

    assertThat(both.read(Side.OURS).events())
        .extracting(event -> event.headers().get("file"))
        .containsExactly("DIR/link/a", "DIR/link/a");
  }

  @Test
  void maySpeakOfALink() throws IOException {
    Path elsewhere = both.folder(Side.OURS).resolve("elsewhere");
    Files.move(spool.resolve("a"), elsewhere);
    Files.createSymbolicLink(spool.resolve("a"), elsewhere);
    note(spool.resolve("a").toString(), 6);

    assertThat(ours()).containsExactly("4", "5");
  }

  @Test
  void ofAFileInASubDirectoryIsObeyed() throws IOException {
    both.with("recursiveDirectorySearch", "true").file("sub/b", LINES);
    note(spool.resolve("sub/b").toString(), 8);

    // What was begun comes first.
    assertThat(ours()).containsExactly("5", "1", "2", "3", "4", "5");
  }

  @Test
  void ofAFileThatIsNotReadAsConfiguredFailsOnlyThatFile() throws IOException {
    both.with("deserializer", "AVRO").file("b", AvroFile.of(3, 1));
    note(spool.resolve("a").toString(), 6);

    assertThat(ours()).hasSize(3);
    assertThat(spool.resolve(".flumespool/quarantine/a")).exists();
  }
}
