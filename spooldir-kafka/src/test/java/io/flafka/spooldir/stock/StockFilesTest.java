package io.flafka.spooldir.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.spooldir.stock.SideBySide.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files: which are read, in which order, what their headers say, and what becomes of them. */
class StockFilesTest {
  private static final byte[] NOTHING = {};

  @TempDir private Path folder;
  private SideBySide both;

  @BeforeEach
  void open() throws IOException {
    both = new SideBySide(folder);
  }

  @Test
  void theHeadersAreTheSame() throws IOException {
    Outcome ours =
        both.with("fileHeader", "true", "basenameHeader", "true")
            .with("recursiveDirectorySearch", "true")
            .file("a", "1\n2\n")
            .file("gr\u00fc\u00df dich:\u4e16 %20+", "3\n")
            .file("sub/sub sub/a", "4\n")
            .file("empty", "")
            .assertSame();

    assertThat(ours.events().get(3).headers())
        .containsEntry("file", "DIR/spool/sub/sub sub/a")
        .containsEntry("basename", "a");
  }

  @Test
  void theHeadersHaveTheNamesThatAreGiven() throws IOException {
    Outcome ours =
        both.with("fileHeader", "true", "fileHeaderKey", "path")
            .with("basenameHeader", "true", "basenameHeaderKey", "file")
            .file("a", "1\n")
            .assertSame();

    assertThat(ours.events().get(0).headers()).containsOnlyKeys("path", "file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"oldest", "YOUNGEST", "Oldest"})
  void theOrderIsTheSame(String order) throws IOException {
    Random random = new Random(3);
    List<String> names =
        new ArrayList<>(List.of("a", "A", "a.1", "a-1", "b10", "b9", "\u00e4", "_", "z z"));
    for (int i = 0; i < 30; i++) {
      names.add(i % 3 == 0 ? "log." + i : "sub" + i % 5 + "/log." + i);
    }
    Collections.shuffle(names, random);
    both.with("consumeOrder", order, "recursiveDirectorySearch", "true");
    for (String name : names) {
      both.file(name, name);
      // Many are equally old.
      both.modified(name, FileTime.fromMillis((1_000_000 + random.nextInt(8)) * 1000L));
    }

    assertThat(both.assertSame().bodies()).hasSameSizeAs(names);
  }

  @Test
  void filesFromTheFutureAreReadAtOnce() throws IOException {
    both.file("a", "1").file("b", "2");
    both.modified("a", FileTime.from(Instant.parse("2199-01-01T00:00:00Z")));

    assertThat(both.assertSame().bodies()).containsExactly("2", "1");
  }

  @Test
  void thePatternsAreAboutWholeNames() throws IOException {
    both.with("includePattern", ".*\\.log", "ignorePattern", "(tmp|x).*")
        .file("a.log", "1")
        .file("atmp.log", "2")
        .passedOver("tmp", NOTHING)
        .passedOver("tmp.log", NOTHING)
        .passedOver("a.log.1", NOTHING)
        .passedOver("x.log", NOTHING);

    assertThat(both.assertSame().bodies()).containsExactly("1", "2");
  }

  @Test
  void hiddenAndDeliveredFilesArePassedOver() throws IOException {
    both.file("a", "1")
        .passedOver(".hidden", NOTHING)
        .passedOver("b.COMPLETED", NOTHING)
        .passedOver(".COMPLETED", NOTHING)
        .file("c.completed", "2")
        .passedOver("sub/d", NOTHING);

    assertThat(both.assertSame().files())
        .containsExactly(
            "spool/.COMPLETED",
            "spool/.hidden",
            "spool/a.COMPLETED",
            "spool/b.COMPLETED",
            "spool/c.completed.COMPLETED",
            "spool/sub/d");
  }

  @Test
  void subDirectoriesAreSearchedAlike() throws IOException {
    both.with("recursiveDirectorySearch", "true", "ignorePattern", "skipped.*|.*\\.tmp")
        .with("fileHeader", "true")
        .file("a", "1")
        .file("2013/09/15/b", "2")
        .file("2013/09/c", "3")
        .file("2013/a", "4")
        .passedOver("skipped/a", NOTHING)
        .passedOver("2013/skipped-too/09/a", NOTHING)
        .passedOver("2013/.hidden/a", NOTHING)
        .passedOver("2013/a.tmp", NOTHING)
        .passedOver("2013/b.COMPLETED", NOTHING)
        // Suffix and includePattern are about files only.
        .file("d.COMPLETED/a", "5");

    assertThat(both.assertSame().bodies()).containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void includePatternIsNotAboutDirectories() throws IOException {
    both.with("recursiveDirectorySearch", "true", "includePattern", ".*\\.log")
        .file("sub/a.log", "1")
        .passedOver("sub/a", NOTHING)
        .assertSame();
  }

  @Test
  void linksToFilesAreFollowedAndLinksToDirectoriesAreNot() throws IOException {
    both.with("recursiveDirectorySearch", "true");
    both.file("a", "1").file("link", "2");
    for (Side side : Side.values()) {
      Path elsewhere = Files.createDirectories(both.folder(side).resolve("elsewhere"));
      Files.writeString(elsewhere.resolve("b"), "3");
      Path link = both.spool(side).resolve("link");
      Files.delete(link);
      Files.createSymbolicLink(link, elsewhere.resolve("b"));
      Files.createSymbolicLink(both.spool(side).resolve("directory"), elsewhere);
    }
    both.modified("link", FileTime.fromMillis(1_100_000_000_000L));

    assertThat(both.assertSame().bodies()).containsExactly("1", "3");
  }

  @Test
  void anotherSuffixIsTheSame() throws IOException {
    both.with("fileSuffix", "-done")
        .file("a", "1")
        .file("b.COMPLETED", "2")
        .passedOver("c-done", NOTHING);

    assertThat(both.assertSame().files())
        .containsExactly("spool/a-done", "spool/b.COMPLETED-done", "spool/c-done");
  }

  @ParameterizedTest
  @CsvSource({"immediate,rename", "IMMEDIATE,tracker_dir"})
  void deliveredFilesAreDeleted(String deletePolicy, String trackingPolicy) throws IOException {
    both.with("deletePolicy", deletePolicy, "trackingPolicy", trackingPolicy)
        .file("a", "1\n")
        .file("empty", "")
        .passedOver(".hidden", NOTHING);

    assertThat(both.assertSame().files()).containsExactly("spool/.hidden");
  }

  @ParameterizedTest
  @ValueSource(strings = {".flumespool", "tracker", "DIR/tracker", "DIR/spool/.tracker"})
  void markersAreWhereStockHasThem(String trackerDir) throws IOException {
    both.with("trackingPolicy", "tracker_dir", "trackerDir", trackerDir)
        .with("recursiveDirectorySearch", "true", "fileSuffix", ".done")
        .file("a", "1\n")
        .file("sub/b", "2\n")
        .file("sub/sub/empty", "")
        .passedOver("c.done", NOTHING);

    String place = trackerDir.startsWith("DIR/") ? trackerDir.substring(4) : "spool/" + trackerDir;
    assertThat(both.assertSame().files())
        .contains(place + "/a.done", place + "/sub/b.done", place + "/sub/sub/empty.done")
        .contains("spool/a", "spool/sub/b", "spool/sub/sub/empty");
  }

  @Test
  void renamingLeavesNothingInTheTrackerDirectory() throws IOException {
    both.with("trackerDir", "DIR/tracker").file("a", "1\n");

    assertThat(both.assertSame().files()).containsExactly("spool/a.COMPLETED");
  }
}
