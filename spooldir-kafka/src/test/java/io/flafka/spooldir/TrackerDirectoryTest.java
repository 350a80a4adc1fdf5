package io.flafka.spooldir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackerDirectoryTest {
  @TempDir private Path dir;

  @Test
  void keepsTheTrackerOfAFileThatCannotBeLookedAtForNow() throws Exception {
    Path folder = Files.createDirectory(dir.resolve("sub"));
    Path file = Files.writeString(folder.resolve("x.log"), "1\n2\n");
    Path home = Files.createDirectory(dir.resolve("home"));
    TrackerFormat format = new TrackerFormat(dir);
    Tracker half = Tracker.first(file, FileState.of(file).identity()).at(2);
    TrackerDirectory.open(home, format).store(half);
    Path away = Files.move(folder, dir.resolve("away"));
    Files.createFile(folder);

    TrackerDirectory trackers = TrackerDirectory.open(home, format);
    Files.delete(folder);
    Files.move(away, folder);

    assertThat(trackers.of(file, FileState.of(file).identity())).isEqualTo(half);
  }
}
