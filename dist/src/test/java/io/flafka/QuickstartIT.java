package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testbed.Await;
import io.flafka.testbed.Home;
import io.flafka.testbed.JavaProcess;
import io.flafka.testbed.command.Quickstart;
import io.flafka.testbed.command.TestbedCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./quickstart} and {@code ./testbed.sh}, without their build. */
class QuickstartIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Stands for the machine's folder for temporary files, to see what is left there. */
  @TempDir private Path temporary;

  @TempDir private Path folder;

  private JavaProcess start(Class<?> mainClass, String... arguments) throws IOException {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-Djava.io.tmpdir=" + temporary,
                "-Dflafka.root=" + Home.root(),
                "-Dflafka.state=" + folder.resolve("state.properties"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off"));
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    return JavaProcess.start(
        mainClass.getSimpleName(),
        folder,
        JavaProcess.Lifetime.LEASHED,
        Map.of(),
        JavaProcess.command(classPath, options, mainClass.getName(), List.of(arguments)));
  }

  private static long count(JavaProcess quickstart, String row) {
    return quickstart.logLines().stream()
        .filter(line -> line.startsWith(row + " "))
        .map(line -> line.substring(row.length()).strip().replace(",", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow(() -> new AssertionError("No row " + row + ":\n" + quickstart.lastLines(60)));
  }

  private static void balances(JavaProcess quickstart, long lines) {
    assertThat(count(quickstart, "lines in")).isEqualTo(lines);
    assertThat(count(quickstart, "records in the topic")).isEqualTo(lines);
    assertThat(count(quickstart, "lines landed")).isEqualTo(lines);
    assertThat(count(quickstart, "lost")).isZero();
    assertThat(count(quickstart, "doubled")).isZero();
    assertThat(count(quickstart, "files left in use")).isZero();
  }

  @Test
  void sendsGeneratedLinesOnceThoughTheAgentIsKilledAndLeavesNothingBehind() throws Exception {
    JavaProcess quickstart =
        start(Quickstart.class, "--lines", "60000", "--seed", "5", "--kill", "2");

    quickstart.succeedWithin(LIMIT);

    balances(quickstart, 60_000);
    assertThat(quickstart.logLines())
        .contains("agent killed (1 of 2), started again", "agent killed (2 of 2), started again")
        .anyMatch(line -> line.endsWith("/loudacre/weblogs_flume/2013-09-15"));
    assertThat(count(quickstart, "times killed")).isEqualTo(2);
    assertThat(temporary).as("the folder for temporary files").isEmptyDirectory();
    assertThat(processesThatMention(temporary)).isEmpty();
  }

  /** Binary junk, no last newline, CRLF, empty lines and files: all are lines like any other. */
  @Test
  void sendsAnyFilesOfTheUsersAndKeepsAllUpUntilItIsToldToStop() throws Exception {
    Path logs = Files.createDirectories(folder.resolve("logs/deeper"));
    Files.writeString(
        folder.resolve("logs/a.log"),
        "10.0.0.1 - - [29/Feb/2016:10:00:00 +0000] \"GET / HTTP/1.0\" 200 1\r\n\r\nno log line\n");
    Files.write(logs.resolve("a.log"), new byte[] {0, 1, (byte) 0xff, '\n', '\n', 'x'});
    Files.createFile(logs.resolve("empty.log"));

    JavaProcess quickstart =
        start(Quickstart.class, "--logs", folder.resolve("logs").toString(), "--keep");
    quickstart.succeedWithin(LIMIT);
    balances(quickstart, 6);

    JavaProcess topics = start(TestbedCommand.class, "kafka-topics", "--describe");
    topics.succeedWithin(LIMIT);
    assertThat(topics.logLines()).anyMatch(line -> line.contains("PartitionCount: 4"));
    assertThat(processesThatMention(temporary)).hasSize(4);

    start(TestbedCommand.class, "down").succeedWithin(LIMIT);
    assertThat(processesThatMention(temporary)).isEmpty();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void saysWhyItFailsAndLeavesNothingBehind() throws Exception {
    JavaProcess quickstart = start(Quickstart.class, "--lines", "3000000");
    Await.until(
        "the agent is at work",
        LIMIT,
        () -> quickstart.logLines().stream().anyMatch(line -> line.contains("lines spooled")));

    processesThatMention(temporary).stream()
        .filter(process -> process.info().commandLine().orElse("").contains("-Dflafka.home"))
        .forEach(ProcessHandle::destroyForcibly);

    assertThat(quickstart.exitsWithin(LIMIT)).isTrue();
    assertThat(quickstart.logLines())
        .anyMatch(line -> line.startsWith("quickstart: the agent died; its log ends:"));
    assertThat(temporary).isEmptyDirectory();
    assertThat(processesThatMention(temporary)).isEmpty();
  }

  private static List<ProcessHandle> processesThatMention(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
        .toList();
  }
}
