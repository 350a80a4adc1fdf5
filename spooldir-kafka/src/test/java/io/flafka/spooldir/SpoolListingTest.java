package io.flafka.spooldir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolListingTest {
  @TempDir Path dir;
  private TestSpool spool;

  @BeforeEach
  void open() {
    spool = new TestSpool(dir);
  }

  private List<String> list(String... keysAndValues) throws SpoolUnavailableException {
    return new SpoolListing(spool.config(keysAndValues))
        .list().stream()
            .map(file -> dir.relativize(file.path()).toString())
            .collect(Collectors.toList());
  }

  @Test
  void ordersByTimeThenByName() throws Exception {
    spool.write("c", "", 10);
    spool.write("b", "", 20);
    spool.write("a", "", 20);
    spool.write("d", "", 30);

    assertThat(list()).containsExactly("c", "a", "b", "d");
    assertThat(list("consumeOrder", "youngest")).containsExactly("d", "a", "b", "c");
    assertThat(list("consumeOrder", "random")).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void searchesDirectoriesOnlyIfAsked() throws Exception {
    spool.write("a", "", 1);
    spool.write("2013/b", "", 2);
    spool.write("2013/09/c", "", 3);
    spool.write(".hidden/d", "", 4);
    spool.write("old/e", "", 5);
    spool.write("x.COMPLETED/f", "", 6);

    assertThat(list()).containsExactly("a");
    assertThat(list("recursiveDirectorySearch", "true", "ignorePattern", "old"))
        .containsExactly("a", "2013/b", "2013/09/c", "x.COMPLETED/f");
  }

  @Test
  void neverTakesItsOwnTrackersForInput() throws Exception {
    spool.write("done/a.COMPLETED", "");
    spool.write("done/b", "");

    assertThat(list("recursiveDirectorySearch", "true", "trackerDir", "done")).isEmpty();
  }

  @Test
  void followsLinksToFilesNotToDirectories() throws Exception {
    spool.write(".there/a", "x");
    Files.createSymbolicLink(dir.resolve("file"), dir.resolve(".there/a"));
    Files.createSymbolicLink(dir.resolve("cycle"), dir);

    assertThat(list("recursiveDirectorySearch", "true")).containsExactly("file");
  }

  @Test
  void letsOneUnreadableEntryNotHideTheOthers() throws Exception {
    spool.write("z", "");
    Files.createSymbolicLink(dir.resolve("dangling"), dir.resolve("nowhere"));
    Files.createSymbolicLink(dir.resolve("loop"), dir.resolve("loop"));

    assertThat(list()).containsExactly("z");
  }

  @Test
  void leavesOutWhatHasItsMarker() throws Exception {
    spool.write("a", "");
    spool.write("2013/a", "");
    spool.write(".flumespool/2013/a.COMPLETED", "");

    assertThat(list("trackingPolicy", "tracker_dir", "recursiveDirectorySearch", "true"))
        .containsExactly("a");
  }

  @Test
  void neverMistakesAFailedListingForAnEmptyOne() throws IOException {
    Files.delete(dir);

    assertThatThrownBy(this::list)
        .isInstanceOf(SpoolUnavailableException.class)
        .hasMessageContaining("spoolDir = " + dir);
    Files.createDirectory(dir);
  }
}
