package io.flafka.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolFolderTest {
  @TempDir private Path path;

  @Test
  void tellsWhatIsDoneFromWhatWaits() throws Exception {
    SpoolFolder folder = SpoolFolder.create(path.resolve("spool"));
    Files.createDirectory(folder.path().resolve(".flumespool"));
    Files.createFile(folder.path().resolve("a.log.COMPLETED"));
    Files.createFile(folder.path().resolve("b.log"));
    Files.createFile(folder.path().resolve("c.log"));

    assertThat(folder.done()).isEqualTo(1);
    assertThat(folder.waiting()).isEqualTo(2);
    assertThat(folder.isDone("a.log")).isTrue();
    assertThat(folder.isDone("b.log")).isFalse();
  }

  @Test
  void losesOnlyWhatIsDoneWhenItIsSwept() throws Exception {
    SpoolFolder folder = SpoolFolder.create(path.resolve("spool"));
    Files.createFile(folder.path().resolve("a.log.COMPLETED"));
    Files.createFile(folder.path().resolve("b.log"));

    folder.sweep();
    folder.force();

    assertThat(folder.done()).isZero();
    assertThat(folder.waiting()).isEqualTo(1);
    folder.delete();
    assertThat(folder.path()).doesNotExist();
  }
}
