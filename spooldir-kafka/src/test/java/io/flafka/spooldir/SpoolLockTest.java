package io.flafka.spooldir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolLockTest {
  @TempDir Path dir;

  /** Another process. Says on its standard output how it fared, then waits for its input to end. */
  public static final class Rival {
    private Rival() {}

    public static void main(String[] arguments) throws IOException {
      try {
        SpoolLock lock = SpoolLock.take(Path.of(arguments[0]));
        System.out.println("taken");
        int end = System.in.read();
        lock.close();
        System.exit(end + 1);
      } catch (SpoolUnavailableException e) {
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
    try (SpoolLock first = SpoolLock.take(dir)) {
      assertThatThrownBy(() -> SpoolLock.take(dir.resolve(".")))
          .isInstanceOf(SpoolUnavailableException.class)
          .hasMessageContaining("another source in this agent")
          .hasMessageContaining("spoolDir");
      assertThat(first).isNotNull();
      // A descriptor of the lock file that was closed here would have let the other process in.
      Process rival = rival();
      assertThat(rival.inputReader().readLine())
          .contains("in use by " + ProcessHandle.current().pid() + "@");
      assertThat(rival.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void isFreeAgainOnceItIsClosed() throws Exception {
    SpoolLock.take(dir).close();
    SpoolLock.take(dir).close();
  }

  @Test
  void isFreeAgainOnceItsProcessWasKilled() throws Exception {
    Process rival = rival();
    assertThat(rival.inputReader().readLine()).startsWith("taken");
    assertThatThrownBy(() -> SpoolLock.take(dir)).hasMessageContaining("in use by " + rival.pid());

    rival.destroyForcibly().waitFor();

    SpoolLock.take(dir).close();
  }

  @Test
  void saysWhoHoldsIt() throws Exception {
    try (SpoolLock lock = SpoolLock.take(dir)) {
      assertThat(Files.readString(dir.resolve("lock")))
          .startsWith(ProcessHandle.current().pid() + "@")
          .endsWith("\n");
      assertThat(lock).isNotNull();
    }
  }
}
