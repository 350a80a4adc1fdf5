package io.flafka.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaProcessIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir private Path folder;

  /** Starts a leashed child, says its pid, and waits for ever. */
  static final class Parent {
    public static void main(String[] arguments) throws IOException, InterruptedException {
      JavaProcess child =
          start("child", Path.of(arguments[0]), JavaProcess.Lifetime.LEASHED, Sleeper.class, "x");
      Files.writeString(Path.of(arguments[0], "child.pid"), "" + child.pid());
      new Sleeper().sleep();
    }
  }

  static final class Sleeper {
    public static void main(String[] arguments) throws InterruptedException {
      new Sleeper().sleep();
    }

    synchronized void sleep() throws InterruptedException {
      while (true) {
        wait();
      }
    }
  }

  private static JavaProcess start(
      String name, Path folder, JavaProcess.Lifetime lifetime, Class<?> mainClass, String argument)
      throws IOException {
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    return JavaProcess.start(
        name,
        folder,
        lifetime,
        Map.of(),
        JavaProcess.command(classPath, List.of("-Xmx64m"), mainClass.getName(), List.of(argument)));
  }

  @Test
  void diesWithItsParentEvenWhenThatIsKilled() throws Exception {
    JavaProcess parent =
        start("parent", folder, JavaProcess.Lifetime.LEASHED, Parent.class, folder.toString());
    Path pid = folder.resolve("child.pid");
    Await.until("the child runs", LIMIT, () -> Files.exists(pid) && Files.size(pid) > 0);
    ProcessHandle child = ProcessHandle.of(Long.parseLong(Files.readString(pid))).orElseThrow();
    assertThat(child.isAlive()).isTrue();

    parent.kill();

    Await.until("the child is gone", LIMIT, () -> !child.isAlive());
  }

  /** Takes a moment to end when it is asked to. */
  static final class Lingerer {
    public static void main(String[] arguments) throws InterruptedException {
      Path folder = Path.of(arguments[0]);
      Thread hook =
          new Thread(
              () -> {
                try {
                  TimeUnit.MILLISECONDS.sleep(300);
                  Files.writeString(folder.resolve("done"), "done");
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      Runtime.getRuntime().addShutdownHook(hook);
      System.out.println("ready");
      new Sleeper().sleep();
    }
  }

  @Test
  void mayFinishItsWorkWhenAskedToEnd() throws Exception {
    JavaProcess process =
        start("lingerer", folder, JavaProcess.Lifetime.LEASHED, Lingerer.class, folder.toString());
    process.readyWithin(LIMIT, () -> process.logLines().contains("ready"));

    assertThat(process.terminate(LIMIT)).isTrue();

    assertThat(folder.resolve("done")).exists();
  }

  @Test
  void standsStillWhilePaused() throws Exception {
    JavaProcess process =
        start("sleeper", folder, JavaProcess.Lifetime.LEASHED, Sleeper.class, "x");
    Path status = Path.of("/proc", "" + process.pid(), "status");

    process.pause();
    Await.until("stopped", LIMIT, () -> Files.readString(status).contains("State:\tT"));
    process.resume();
    Await.until("running", LIMIT, () -> !Files.readString(status).contains("State:\tT"));

    process.kill();
    assertThat(process.isAlive()).isFalse();
  }
}
