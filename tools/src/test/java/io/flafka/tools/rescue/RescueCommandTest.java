package io.flafka.tools.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flafka.tools.FlafkaCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** On a local file system, which lends no files: there age alone counts. */
class RescueCommandTest {
  @TempDir private Path folder;
  private String out = "";
  private String err = "";

  private int run(String... more) {
    return runBelow(folder, more);
  }

  private int runBelow(Path path, String... more) {
    List<String> arguments = new ArrayList<>(List.of("rescue", "--path=" + path.toUri()));
    arguments.addAll(List.of(more));
    StringWriter printed = new StringWriter();
    StringWriter complaints = new StringWriter();
    int status =
        new CommandLine(new FlafkaCommand())
            .setOut(new PrintWriter(printed, true))
            .setErr(new PrintWriter(complaints, true))
            .execute(arguments.toArray(new String[0]));
    out = printed.toString();
    err = complaints.toString();
    return status;
  }

  private void write(String file, String content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(7_300)));
  }

  /** Every file with its content. */
  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> files.put(folder.relativize(file).toString(), content(file)));
    }
    return files;
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whereNothingIsLeftItSaysSo() throws Exception {
    write("2026-11-26/FlumeData.1", "one\n");
    assertThat(run()).isZero();
    assertThat(out).contains("Nothing is left to be done.");
    assertThat(run("--apply")).isZero();
    assertThat(files()).containsOnlyKeys("2026-11-26/FlumeData.1");
  }

  @Test
  void listsWithoutChangingAnythingAndThenDoesIt() throws Exception {
    write("2026-11-26/FlumeData.1.tmp", "one\n");
    write("2026-11-26/FlumeData.2.tmp", "");
    Map<String, String> before = files();
    assertThat(run()).isEqualTo(1);
    assertThat(out)
        .containsPattern("4 +2h +closed +publish +2026-11-26/FlumeData.1.tmp\n")
        .containsPattern("0 +2h +closed +delete, since it is empty +2026-11-26/FlumeData.2.tmp\n")
        .contains("Nothing was changed")
        .contains("--apply");
    assertThat(files()).isEqualTo(before);

    assertThat(run("--apply")).isZero();
    assertThat(out)
        .contains("done  2026-11-26/FlumeData.1.tmp: published as FlumeData.1\n")
        .contains("done  2026-11-26/FlumeData.2.tmp: deleted, since it was empty\n")
        .contains("2 done, 0 left.");
    assertThat(files()).containsOnly(Map.entry("2026-11-26/FlumeData.1", "one\n"));
    assertThat(run()).isZero();
  }

  @Test
  void neverOverwrites() throws Exception {
    write("FlumeData.1.tmp", "mine\n");
    write("FlumeData.1", "theirs\n");
    Map<String, String> before = files();
    assertThat(run("--apply")).isEqualTo(1);
    assertThat(out).contains("left  FlumeData.1.tmp: FlumeData.1 exists");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void leavesWhatIsYoungAndWhatIsHiddenAndWhatIsNotInUse() throws Exception {
    write("_flafka/runs/k1/FlumeData.1.tmp", "one\n");
    write(".staging/FlumeData.1.tmp", "one\n");
    write(".FlumeData.1.tmp", "one\n");
    write("tmp/.tmp", "one\n");
    write("FlumeData.tmp.1", "one\n");
    Files.writeString(folder.resolve("FlumeData.2.tmp"), "two\n");
    Map<String, String> before = files();
    assertThat(run("--apply")).isZero();
    assertThat(out).contains("1 *.tmp younger than 1h (--older-than) left alone");
    assertThat(files()).isEqualTo(before);
    assertThat(run("--older-than=3h", "--apply")).isZero();
    assertThat(run("--older-than=0s")).isEqualTo(1);
  }

  @Test
  void knowsFilesByTheirPrefixAndTheirSuffix() throws Exception {
    write("_FlumeData.1.writing", "one\n");
    write("FlumeData.2.writing", "two\n");
    assertThat(run("--in-use-prefix=_", "--in-use-suffix=.writing", "--apply")).isZero();
    assertThat(files()).containsOnlyKeys("FlumeData.1", "FlumeData.2.writing");
  }

  @Test
  void saysItInJson() throws Exception {
    write("FlumeData.1.tmp", "one\n");
    assertThat(run("--json")).isEqualTo(1);
    JsonNode plan = new ObjectMapper().readTree(out);
    assertThat(plan.at("/complete").booleanValue()).isFalse();
    assertThat(plan.at("/findings/0/plan").textValue()).isEqualTo("PUBLISH");
    assertThat(plan.at("/findings/0/bytes").longValue()).isEqualTo(4);
    assertThat(run("--json", "--apply")).isZero();
    JsonNode done = new ObjectMapper().readTree(out);
    assertThat(done.at("/complete").booleanValue()).isTrue();
    assertThat(done.at("/outcomes/0/done").booleanValue()).isTrue();
  }

  @Test
  void namesAHundredAndCountsTheOthers() throws Exception {
    for (int i = 0; i < 103; i++) {
      write("FlumeData." + i + ".tmp", "one\n");
    }
    assertThat(run()).isEqualTo(1);
    assertThat(out)
        .contains("103 found that dead sinks may have left")
        .contains("and 3 more; --json names all");
  }

  @Test
  void namesTheRunsOfDeadSinksAndWhatItTakesToFinishThem() throws Exception {
    write("_flafka/runs/k1-5f3a9c1e/FlumeData.1", "one\n");
    Files.setLastModifiedTime(
        folder.resolve("_flafka/runs/k1-5f3a9c1e"),
        FileTime.from(Instant.now().minusSeconds(7_300)));
    Map<String, String> before = files();
    assertThat(run("--apply")).isEqualTo(1);
    assertThat(out).contains("_flafka/runs/k1-5f3a9c1e").contains("add --topic, --group");
    assertThat(files()).isEqualTo(before);
    assertThat(run("--manifest-dir=" + folder.resolve("elsewhere").toUri())).isZero();
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThat(run("--in-use-suffix=")).isEqualTo(2);
    assertThat(err).contains("can't both be empty");
    assertThat(run("--older-than=soon")).isEqualTo(2);
    assertThat(err).contains("'soon' is none: try 90s, 60m, 12h or 7d");
    assertThat(run("--topic=weblogs")).isEqualTo(2);
    assertThat(err).contains("--group").contains("--bootstrap-server");
  }

  @Test
  void saysThatThereIsNoSuchDirectory() {
    assertThat(runBelow(folder.resolve("no-such"))).isEqualTo(1);
    assertThat(err).startsWith("flafka rescue: there is no file:").contains("check --path");
  }
}
