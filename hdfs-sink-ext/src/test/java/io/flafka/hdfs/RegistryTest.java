package io.flafka.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
  private static final FileNames.Names FIRST = names("hdfs://nn:8020/logs/a.0");
  private static final FileNames.Names SECOND = names("hdfs://nn:8020/logs/a b.1");

  @TempDir private Path directory;

  private static FileNames.Names names(String published) {
    return new FileNames.Names(
        new org.apache.hadoop.fs.Path(published),
        new org.apache.hadoop.fs.Path(published + ".tmp"));
  }

  /** A run that ended with files in use; a kill leaves the same. */
  private void die(String run, FileNames.Names... inUse) throws IOException {
    try (Registry registry = Registry.open(directory, run)) {
      for (FileNames.Names names : inUse) {
        registry.opening(names);
      }
    }
  }

  private List<Registry> takeOver() throws IOException {
    return Registry.takeOver(directory, names -> true);
  }

  @Test
  void handsOverWhatADeadRunHadInUse() throws IOException {
    die("dead", FIRST, SECOND);

    List<Registry> dead = takeOver();

    assertThat(dead).hasSize(1);
    assertThat(dead.get(0).inUse()).containsExactlyInAnyOrder(FIRST, SECOND);
  }

  @Test
  void writesNotesInTheFormOfVersion1() throws IOException {
    die("dead", FIRST);

    assertThat(directory.resolve("dead/0.note"))
        .hasContent("flafka-in-use 1\nhdfs://nn:8020/logs/a.0.tmp\nhdfs://nn:8020/logs/a.0\n");
  }

  @Test
  void forgetsWhatIsDone() throws IOException {
    try (Registry registry = Registry.open(directory, "dead")) {
      registry.opening(FIRST);
      registry.opening(SECOND);
      registry.done(FIRST);
    }

    assertThat(takeOver().get(0).inUse()).containsExactly(SECOND);
  }

  @Test
  void leavesNothingBehindWhenAllIsDone() throws IOException {
    try (Registry registry = Registry.open(directory, "run")) {
      registry.opening(FIRST);
      registry.done(FIRST);
    }

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void neverTouchesALiveRun() throws IOException {
    try (Registry live = Registry.open(directory, "live")) {
      live.opening(FIRST);

      assertThat(takeOver()).isEmpty();
      assertThat(live.inUse()).containsExactly(FIRST);
    }
  }

  @Test
  void handsARunOverOnce() throws IOException {
    die("dead", FIRST);

    assertThat(takeOver()).hasSize(1);
    assertThat(takeOver()).isEmpty();
  }

  @Test
  void leavesFilesOfOtherFileSystemsToTheirSinks() throws IOException {
    die("dead", FIRST);

    assertThat(Registry.takeOver(directory, names -> false)).isEmpty();
    assertThat(takeOver()).hasSize(1);
  }

  @Test
  void takesANoteThatWasCutShortForNoFile() throws IOException {
    die("dead", FIRST);
    Files.writeString(
        directory.resolve("dead/1.note"), "flafka-in-use 1\nhdfs://nn:8020/logs/b.tmp\nhdfs://nn");

    assertThat(takeOver().get(0).inUse()).containsExactly(FIRST);
    assertThat(directory.resolve("dead/1.note")).doesNotExist();
  }

  @Test
  void doesNotGuessAtANoteOfAnotherVersion() throws IOException {
    die("dead", FIRST);
    Files.writeString(directory.resolve("dead/1.note"), "flafka-in-use 2\na\nb\n");

    assertThatThrownBy(this::takeOver).hasMessageContaining("flafka-in-use 2");
    assertThat(directory.resolve("dead/1.note")).exists();
  }
}
