package io.flafka.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ./bench.sh} with so few events that the figures mean nothing. */
class BenchIT {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();

  private int bench(String... arguments) {
    Clock clock = Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC);
    return new CommandLine(new Bench(clock, folder))
        .setOut(new PrintWriter(out))
        .execute(arguments);
  }

  @Test
  void measuresPuttingAndTaking() throws Exception {
    int status =
        bench(
            "--scenario",
            "put,take",
            "--subjects",
            "^flafka-raw-1000$",
            "--rounds",
            "1",
            "--events",
            "5000",
            "--rest",
            "0");

    assertThat(status).isZero();
    assertThat(out.toString())
        .startsWith("Measured by ./bench.sh on 2026-11-23: ")
        .contains("Flume 1.11.0 with kafka-clients 2.7.2, Flafka with 4.")
        .containsPattern("(?s)## put.*\\| flafka \\| false \\| 1,000 \\|.*\\| 1 of 1 \\|.*## take")
        .containsPattern("(?s)## take.*\\| flafka \\| false \\| 1,000 \\|.*\\| 1 of 1 \\|");
    assertThat(folder.resolve("bench.md")).hasContent(out.toString());
    assertThat(Files.readAllLines(folder.resolve("bench.tsv")))
        .hasSize(3)
        .anyMatch(line -> line.startsWith("put\t1\tflafka-raw-1000\t5000\tfalse\t"));
  }

  @Test
  void measuresSpoolingWithoutABroker() throws Exception {
    int status =
        bench(
            "--scenario",
            "spool,spool-memory,spool-weblog",
            "--subjects",
            "^(flafka-1000|taildir-1000|bare|stock-regex-1000|flafka-combined)$",
            "--rounds",
            "1",
            "--events",
            "5000",
            "--rest",
            "0");

    assertThat(out.toString())
        .containsPattern(
            "(?s)## spool\n.*\\| taildir \\| 1,000 \\|.*\\| bare \\| - \\|.*## spool-memory")
        .containsPattern("(?s)## spool-memory.*\\| flafka \\| 1,000 \\|.*\\| 1 of 1 \\|")
        .containsPattern("(?s)## spool-weblog.*\\| stock-regex \\| 1,000 \\|.*\\| 1 of 1 \\|");
    assertThat(status).isZero();
    assertThat(Files.readAllLines(folder.resolve("bench.tsv"))).hasSize(8);
    assertThat(folder.resolve("run/broker")).doesNotExist();
  }

  @Test
  void measuresABacklogOfSmallFiles() throws Exception {
    int status =
        bench(
            "--scenario",
            "small-files",
            "--subjects",
            "^flafka-1000$",
            "--rounds",
            "1",
            "--events",
            "20000",
            "--rest",
            "0");

    assertThat(out.toString())
        .containsPattern("(?s)## small-files.*\\| flafka \\| 1,000 \\|.*\\| 1 of 1 \\|");
    assertThat(status).isZero();
  }

  @Test
  void measuresLanding() throws Exception {
    int status =
        bench(
            "--scenario",
            "land,land-hourly,land-rolls,land-gzip,land-parquet,land-stop",
            "--rounds",
            "1",
            "--events",
            "96000",
            "--rest",
            "0");

    assertThat(out.toString())
        .containsPattern(
            "(?s)## land\n.*\\| stock \\|.*\\| bare \\|.*\\| hdfs-put \\|.*## land-hourly\n")
        .contains("to stock | to bare | CPU to stock's")
        .containsPattern("(?s)## land-rolls\n.*\\| files/s \\|.*## land-gzip\n")
        .containsPattern("(?s)## land-parquet\n.*\\| flafka-exactly-once \\|.*\\| 1 of 1 \\|");
    assertThat(out.toString())
        .containsPattern(
            "(?s)## land-stop\\n.*\\| s to stop \\|.*\\| flafka \\| \\d+\\.\\d\\d \\|");
    assertThat(status).isZero();
    int others = Lander.FLINK.missing().isEmpty() ? 1 : 0;
    assertThat(Files.readAllLines(folder.resolve("bench.tsv"))).hasSize(19 + others);
  }

  @Test
  void measuresSendingAndTheWholeWay() throws Exception {
    int status =
        bench(
            "--scenario",
            "send,whole,whole-hourly",
            "--subjects",
            "^(stock|stock-sink|taildir|flafka-exactly-once|bare.*|connect|kcat|stock-taildir-4)$",
            "--rounds",
            "1",
            "--events",
            "96000",
            "--rest",
            "0");

    assertThat(out.toString())
        .containsPattern("(?s)## send\n.*\\| bare-transactions \\|.*\\| connect \\|.*## whole\n")
        .containsPattern("(?s)## whole\n.*\\| stock-taildir \\| 4 \\|.*## whole-hourly\n")
        .containsPattern("(?s)## whole-hourly\n.*\\| flafka-exactly-once \\| 1 \\|");
    assertThat(status).isZero();
    int others = Sender.KCAT.missing().isEmpty() ? 1 : 0;
    assertThat(Files.readAllLines(folder.resolve("bench.tsv")))
        .hasSize(13 + others)
        .filteredOn(line -> line.startsWith("send\t"))
        .allSatisfy(line -> assertThat(writtenBytes(line)).isBetween(150.0, 250.0));
    assertThat(folder.resolve("bench.svg")).content().contains("send: k events/s", "stock-sink");
  }

  private static double writtenBytes(String line) {
    int column = List.of(Result.HEADING.split("\t")).indexOf("written_bytes_per_event");
    return Double.parseDouble(line.split("\t")[column]);
  }

  @Test
  void measuresATrickleAndNothingAtAll() throws Exception {
    int status =
        bench(
            "--scenario",
            "trickle,trickle-whole,idle",
            "--subjects",
            "^flafka-exactly-once$",
            "--rounds",
            "1",
            "--events",
            "5",
            "--rest",
            "0");

    assertThat(out.toString())
        .containsPattern(
            "(?s)## trickle\n.*\\| ms for 99 of 100 \\|.*\\| 1 of 1 \\|.*## trickle-whole")
        .containsPattern("(?s)## trickle-whole\n.*\\| ms for half \\|.*\\| 1 of 1 \\|.*## idle")
        .containsPattern("(?s)## idle\n.*\\| % of a core \\|.*\\| 1 of 1 \\|");
    assertThat(status).isZero();
  }

  @Test
  void measuresMoreAndMoreOfEach() throws Exception {
    int status =
        bench(
            "--scenario",
            "heap,scale-sinks,scale-buckets,scale-files,scale-length",
            "--subjects",
            "^(stock-8|flafka-exactly-once-(2|256)|flafka-10|flafka-exactly-once-10000)$",
            "--rounds",
            "1",
            "--events",
            "48000",
            "--rest",
            "0");

    assertThat(out.toString())
        .containsPattern("(?s)## heap\n.*\\| flafka-exactly-once \\| 256 \\|.*\\| 1 of 1 \\|")
        .containsPattern("(?s)## scale-sinks\n.*\\| stock \\| 8 \\|.*## scale-buckets\n")
        .containsPattern("(?s)## scale-buckets\n.*\\| flafka \\| 10 \\|.*## scale-files\n")
        .containsPattern("(?s)## scale-files\n.*\\| flafka \\| 10 \\|.*## scale-length\n")
        .containsPattern("(?s)## scale-length\n.*\\| MB/s \\|.*\\| 10,000 \\|");
    assertThat(status).isZero();
    assertThat(Files.readAllLines(folder.resolve("bench.tsv"))).hasSize(7);
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThat(bench("--scenario", "put,give")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(bench("--subjects", "nobody")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(bench("--rounds", "0")).isEqualTo(CommandLine.ExitCode.USAGE);
  }
}
