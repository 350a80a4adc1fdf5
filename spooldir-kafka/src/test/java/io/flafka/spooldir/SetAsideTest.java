package io.flafka.spooldir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetAsideTest {
  @TempDir Path dir;
  private Path file;
  private final SetAside setAside = new SetAside();

  @BeforeEach
  void giveUp() throws IOException {
    file = Files.writeString(dir.resolve("a"), "x");
    setAside.add(file);
  }

  private boolean admits() throws IOException {
    return !setAside.admitted(List.of(new SpoolFile(file, FileState.of(file)))).isEmpty();
  }

  private void change(int second) throws IOException {
    Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1000L));
  }

  @Test
  void holdsAFileWhileItStaysTheSame() throws IOException {
    assertThat(admits()).isFalse();
    assertThat(admits()).isFalse();
  }

  @Test
  void admitsAFileThatChangedAndThenRested() throws IOException {
    change(1);
    assertThat(admits()).isFalse();
    change(2);
    assertThat(admits()).isFalse();
    assertThat(admits()).isTrue();
    assertThat(admits()).isTrue();
  }

  @Test
  void noticesPermissionsToo() throws IOException {
    Files.setPosixFilePermissions(file, Set.of());
    assertThat(admits()).isFalse();
    assertThat(admits()).isTrue();
  }

  @Test
  void forgetsAFileThatIsGone() throws IOException {
    setAside.admitted(List.of());

    assertThat(admits()).isTrue();
  }

  @Test
  void concernsNoOtherFile() throws IOException {
    Path other = Files.writeString(dir.resolve("b"), "x");
    List<SpoolFile> listing =
        List.of(new SpoolFile(file, FileState.of(file)), new SpoolFile(other, FileState.of(other)));

    assertThat(setAside.admitted(listing)).extracting(SpoolFile::path).containsExactly(other);
  }
}
