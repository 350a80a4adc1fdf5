package io.flafka.spooldir.find;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.spooldir.disk.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetAsideTest {
  @TempDir Path dir;
  private Path file;
  private final AtomicLong nanos = new AtomicLong();
  private final SetAside setAside = new SetAside(nanos::get);

  @BeforeEach
  void giveUp() throws IOException {
    file = Files.writeString(dir.resolve("a"), "x");
    setAside.add(file);
  }

  private boolean admits() throws IOException {
    return setAside.admits(new SpoolFile(file, FileState.of(file)));
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
  void admitsAFileThatStaysTheSameNowAndThen() throws IOException {
    for (long minutes : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      long end = nanos.get() + TimeUnit.MINUTES.toNanos(minutes);
      nanos.set(end - 1);
      assertThat(admits()).isFalse();
      nanos.set(end);
      assertThat(admits()).isTrue();
      assertThat(admits()).isFalse();
      setAside.add(file);
    }
  }

  @Test
  void noticesPermissionsToo() throws IOException {
    Files.setPosixFilePermissions(file, Set.of());
    assertThat(admits()).isFalse();
    assertThat(admits()).isTrue();
  }

  @Test
  void forgetsAFileThatIsGone() throws IOException {
    Files.delete(file);
    setAside.prune();

    assertThat(setAside.isEmpty()).isTrue();
  }

  @Test
  void concernsNoOtherFile() throws IOException {
    Path other = Files.writeString(dir.resolve("b"), "x");

    assertThat(setAside.admits(new SpoolFile(other, FileState.of(other)))).isTrue();
  }
}
