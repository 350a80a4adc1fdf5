package io.flafka.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  @TempDir Path dir;

  /** Another process. Says on its standard output how it fared, then waits for its input to end. */
  public static final class Rival {
    private Rival() {}

    public static void main(String[] arguments) throws IOException {
      try {
        FolderLock lock = FolderLock.take(Path.of(arguments[0]));
        System.out.println("taken");
        int end = System.in.read();
        lock.close();
        System.exit(end + 1);
      } catch (FolderLock.HeldException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private Process rival() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Rival.class.getName(),
            dir.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void refusesASecondReaderInThisJvmAndStillHoldsTheFirst() throws Exception {
    try (FolderLock first = FolderLock.take(dir)) {
      assertThatThrownBy(() -> FolderLock.take(dir.resolve(".")))
          .isInstanceOf(FolderLock.HeldException.class)
          .hasMessageContaining("held by this agent itself");
      assertThat(first).isNotNull();
      // A descriptor of the lock file that was closed here would have let the other process in.
      Process rival = rival();
      assertThat(rival.inputReader().readLine())
          .contains("held by " + ProcessHandle.current().pid() + "@");
      assertThat(rival.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void isFreeAgainOnceItIsClosed() throws Exception {
    FolderLock.take(dir).close();
    FolderLock.take(dir).close();
  }

  @Test
  void isFreeAgainOnceItsProcessWasKilled() throws Exception {
    Process rival = rival();
    assertThat(rival.inputReader().readLine()).startsWith("taken");
    assertThatThrownBy(() -> FolderLock.take(dir)).hasMessageContaining("held by " + rival.pid());

    rival.destroyForcibly().waitFor();

    FolderLock.take(dir).close();
  }

  @Test
  void goesWithItsFolder() throws Exception {
    Path folder = Files.createDirectory(dir.resolve("folder"));

    FolderLock.take(folder).deleteFolder();

    assertThat(folder).doesNotExist();
    Files.createDirectory(folder);
    FolderLock.take(folder).close();
  }

  @Test
  void saysWhoHoldsIt() throws Exception {
    try (FolderLock lock = FolderLock.take(dir)) {
      assertThat(Files.readString(dir.resolve("lock")))
          .startsWith(ProcessHandle.current().pid() + "@")
          .endsWith("\n");
      assertThat(lock).isNotNull();
    }
  }
}
