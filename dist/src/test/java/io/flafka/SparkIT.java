package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testbed.Agent;
import io.flafka.testbed.Broker;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.Home;
import io.flafka.testbed.JavaProcess;
import io.flafka.testbed.TestbedExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Spark reads what the plugin lands, in every format, while sinks are at work on more: it sees what
 * was published, and nothing of {@code _flafka}, where the files in use are.
 *
 * <p>In the profile spark alone, which has its jars.
 */
@Tag("spark")
@ExtendWith(TestbedExtension.class)
class SparkIT {
  private static final String MAIN = "io.flafka.spark.ReadLanded";
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int LINES = 3_000;

  /** Those without which Spark doesn't run on Java 17 (its own JavaModuleOptions has more). */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  @TempDir private static Path folder;
  private static List<String> lines = List.of();
  private static Map<String, Long> partitions = Map.of();
  private static List<String> statuses = List.of();

  @BeforeAll
  static void readWhileSinksWork(Broker broker, Hdfs hdfs) throws Exception {
    try (LandedFormats landed = new LandedFormats(broker, hdfs, "spark", folder)) {
      landed.write(5, LINES);
      lines = landed.sortedLines();
      partitions = landed.partitions();
      statuses = landed.statuses();
      landed.land();
      landed.write(6, LINES);
      try (Agent agent = landed.startToWork()) {
        landed.awaitWork(agent);
        read(landed);
        landed.awaitWork(agent);
      }
    }
  }

  private static void read(LandedFormats landed) throws IOException {
    List<Path> classPath = new ArrayList<>(Home.SPARK.jars());
    classPath.add(Home.root().resolve("testbed/homes/spark/target/classes"));
    List<String> options = new ArrayList<>(List.of("-Xmx1g"));
    OPENED.forEach(name -> options.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    List<String> arguments = new ArrayList<>(List.of(folder.toString()));
    for (LandedFormat format : LandedFormat.values()) {
      arguments.add(format.content().name());
      arguments.add(landed.folder(format).toString());
    }
    JavaProcess.start(
            "spark",
            folder,
            JavaProcess.Lifetime.LEASHED,
            Map.of("SPARK_LOCAL_IP", "127.0.0.1"),
            JavaProcess.command(classPath, options, MAIN, arguments))
        .succeedWithin(LIMIT);
  }

  private static Stream<String> output(LandedFormat format, String what) throws IOException {
    return Files.readAllLines(folder.resolve(format + "." + what)).stream();
  }

  @ParameterizedTest
  @EnumSource
  void seesEveryLine(LandedFormat format) throws Exception {
    if (format == LandedFormat.PARQUET) {
      // The others are told by their columns.
      assertThat(output(format, "lines")).contains(LandedFormats.ODD);
    } else {
      assertThat(output(format, "lines").sorted().toList()).isEqualTo(lines);
    }
  }

  @ParameterizedTest
  @EnumSource
  void seesThemInTheirPartitions(LandedFormat format) throws Exception {
    assertThat(output(format, "partitions"))
        .containsExactlyElementsOf(
            partitions.entrySet().stream()
                .map(partition -> partition.getKey() + " " + partition.getValue())
                .toList());
  }

  /** As a loop over the lines does. */
  @ParameterizedTest
  @EnumSource(names = {"PARQUET", "PARQUET_GZIP"})
  void countsByStatus(LandedFormat format) throws Exception {
    assertThat(output(format, "statuses")).containsExactlyElementsOf(statuses);
  }
}
