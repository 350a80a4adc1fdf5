package io.flafka.spooldir.retire;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.spooldir.disk.FileState;
import io.flafka.spooldir.find.SpoolFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetirementTest {
  private static final String MODIFIED = "2013-09-15T22:59:53.123456789Z";

  @TempDir Path dir;

  private Path write(String name, String content) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, content);
    return Files.setLastModifiedTime(file, FileTime.from(Instant.parse(MODIFIED)));
  }

  private static Set<Path> retire(Retirement retirement, Path file) throws IOException {
    return retirement.retire(file, FileState.of(file));
  }

  private static boolean isRetired(Retirement retirement, Path file) throws IOException {
    return retirement.contains(new SpoolFile(file, FileState.of(file)));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> dir.relativize(file).toString())
          .sorted()
          .collect(Collectors.toList());
    }
  }

  @Test
  void renamesAndNeverOverwrites() throws IOException {
    for (String content : new String[] {"first", "second", "third"}) {
      assertThat(retire(new Renaming(".DONE"), write("a", content))).containsExactly(dir);
    }

    assertThat(files()).containsExactly("a.1.DONE", "a.2.DONE", "a.DONE");
    assertThat(dir.resolve("a.DONE")).hasContent("first");
    assertThat(dir.resolve("a.2.DONE")).hasContent("third");
  }

  @Test
  void saysThatAFileIsGone() throws IOException {
    Path file = write("a", "");
    FileState state = FileState.of(file);
    Files.delete(file);

    assertThatThrownBy(() -> new Renaming(".DONE").retire(file, state))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void deletes() throws IOException {
    assertThat(retire(new Deleting(), write("a", "x"))).containsExactly(dir);

    assertThat(files()).isEmpty();
  }

  @Test
  void archivesByTheDayOfTheLastChange() throws IOException {
    Archiving utc = new Archiving(dir, dir.resolve("old"), ZoneId.of("UTC"));
    Archiving moscow = new Archiving(dir, dir.resolve("old"), ZoneId.of("Europe/Moscow"));

    assertThat(retire(utc, write("d/a", "first")))
        .containsExactlyInAnyOrder(dir.resolve("d"), dir.resolve("old/2013-09-15/d"));
    retire(utc, write("d/a", "second"));
    retire(moscow, write("d/a", "third"));

    assertThat(files())
        .containsExactly("old/2013-09-15/d/a", "old/2013-09-15/d/a.1", "old/2013-09-16/d/a");
    assertThat(dir.resolve("old/2013-09-15/d/a.1")).hasContent("second");
  }

  @Test
  void marksAndLeavesTheFile() throws IOException {
    Path trackers = dir.resolve(".trackers/of/spool");
    Marking marking = new Marking(dir, trackers, ".DONE");
    Path file = write("2013/a", "x");

    assertThat(isRetired(marking, file)).isFalse();
    assertThat(retire(marking, file)).containsExactly(trackers.resolve("2013"));

    assertThat(isRetired(marking, file)).isTrue();
    assertThat(file).hasContent("x");
    long inode = FileState.of(file).identity().inode();
    assertThat(trackers.resolve("2013/a.DONE"))
        .hasContent("flafka-marker 1 " + inode + " 1 " + MODIFIED + "\n");
  }

  @Test
  void readsAnotherFileOfAMarkedName() throws IOException {
    Marking marking = new Marking(dir, dir.resolve(".trackers"), ".DONE");
    retire(marking, write("a", "first"));
    Files.move(write("b", "other"), write("a", ""), ATOMIC_MOVE);
    Path file = dir.resolve("a");

    assertThat(isRetired(marking, file)).isFalse();
    retire(marking, file);
    assertThat(isRetired(marking, file)).isTrue();
  }

  @Test
  void readsAnotherFileOfAMarkedNameThoughTheClockWasSetBack() throws IOException {
    Marking marking = new Marking(dir, dir.resolve(".trackers"), ".DONE");
    retire(marking, write("a", "first"));
    Files.move(write("b", "other"), dir.resolve("a"), ATOMIC_MOVE);
    Files.setLastModifiedTime(
        dir.resolve(".trackers/a.DONE"), FileTime.from(Instant.now().plusSeconds(3600)));

    assertThat(isRetired(marking, dir.resolve("a"))).isFalse();
  }

  @Test
  void knowsAMarkedFileWhosePermissionsChanged() throws IOException {
    Marking marking = new Marking(dir, dir.resolve(".trackers"), ".DONE");
    Path file = write("a", "x");
    retire(marking, file);
    Path marker = dir.resolve(".trackers/a.DONE");
    Files.setLastModifiedTime(marker, FileTime.fromMillis(0));

    assertThat(isRetired(marking, file)).isTrue();
  }

  @Test
  void obeysStocksMarkers() throws IOException {
    Marking marking = new Marking(dir, dir.resolve(".trackers"), ".DONE");
    Path marker = write(".trackers/a.DONE", "");
    Files.setLastModifiedTime(marker, FileTime.fromMillis(0));

    assertThat(isRetired(marking, write("a", "x"))).isTrue();
  }
}
