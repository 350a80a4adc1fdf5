package io.flafka.hdfs.atleastonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.hdfs.file.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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

    assertThat(directory.resolve("dead-1/0.note"))
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
        directory.resolve("dead-1/1.note"),
        "flafka-in-use 1\nhdfs://nn:8020/logs/b.tmp\nhdfs://nn");

    assertThat(takeOver().get(0).inUse()).containsExactly(FIRST);
    assertThat(directory.resolve("dead-1/1.note")).doesNotExist();
  }

  @Test
  void leavesWhatItCannotReadAndTakesTheOthers() throws IOException {
    die("bad", FIRST);
    die("good", SECOND);
    Path note = directory.resolve("bad-1/1.note");
    Files.writeString(note, "flafka-in-use 2\na\nb\n");

    List<Registry> dead = takeOver();

    assertThat(dead).hasSize(1);
    assertThat(dead.get(0).inUse()).containsExactly(SECOND);
    Files.delete(note);
    assertThat(takeOver().get(0).inUse()).as("repaired").containsExactly(FIRST);
  }

  /** Without it, a sink would stand still for the sake of what may never be needed. */
  @Test
  void goesOnWithoutNotesWhereItsFolderIsGone() throws IOException {
    try (Registry registry = Registry.open(directory, "run")) {
      Files.delete(directory.resolve("run-1/lock"));
      Files.delete(directory.resolve("run-1"));

      registry.opening(FIRST);
      registry.done(FIRST);

      assertThat(registry.inUse()).isEmpty();
    }
  }

  @Test
  void findsItsWayPastSinksThatStartAtTheSameTime() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        String name = "t" + thread;
        all.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 200; i++) {
                    try (Registry registry = Registry.open(directory, name + "." + i)) {
                      registry.opening(FIRST);
                      takeOver().forEach(Registry::close);
                      assertThat(registry.inUse()).containsExactly(FIRST);
                      registry.done(FIRST);
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
