package io.flafka;

import io.flafka.testbed.Hdfs;
import io.flafka.testbed.Home;
import io.flafka.testbed.JavaProcess;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Hadoop's own {@code hdfs dfs -text}, in a JVM of its own, which knows nothing of the plugin.
 *
 * <p>It prints file after file, so a file of one line between them tells where another begins.
 */
final class HdfsText {
  private static final String MAIN = "org.apache.hadoop.fs.FsShell";
  private static final String DIVIDER = "==== the next ====";

  /**
   * Jars that Hadoop's client wants for lz4, and Avro for zstandard, and that neither brings. For
   * zstd in whole files the client takes no jar, but Hadoop's native library.
   */
  private static final List<String> NOT_HADOOPS = List.of("lz4-java-", "zstd-jni-");

  private final Hdfs hdfs;
  private final String divider;
  private final Path output;

  /**
   * Runs nothing yet.
   *
   * @param divider a file in HDFS, for its own use
   * @param output a folder for what it prints
   */
  HdfsText(Hdfs hdfs, String divider, Path output) {
    this.hdfs = hdfs;
    this.divider = divider;
    this.output = output;
  }

  /**
   * Prints all files of each pattern, and returns the lines of each.
   *
   * @throws IOException with what it complains of
   */
  List<List<String>> lines(List<String> patterns) throws IOException, InterruptedException {
    try (var files = hdfs.fileSystem();
        var out = files.create(new org.apache.hadoop.fs.Path(divider))) {
      out.write((DIVIDER + "\n").getBytes(StandardCharsets.US_ASCII));
    }
    List<String> arguments = new ArrayList<>(List.of("-text"));
    for (String pattern : patterns) {
      arguments.addAll(List.of(divider, pattern));
    }
    List<List<String>> all = new ArrayList<>();
    for (String line : Files.readAllLines(run(arguments), StandardCharsets.UTF_8)) {
      if (line.equals(DIVIDER)) {
        all.add(new ArrayList<>());
      } else {
        all.get(all.size() - 1).add(line);
      }
    }
    return all;
  }

  private Path run(List<String> arguments) throws IOException, InterruptedException {
    Path printed = output.resolve("text.out");
    Path complaints = output.resolve("text.err");
    ProcessBuilder builder =
        new ProcessBuilder(
            JavaProcess.command(
                classPath(), List.of("-Xmx256m", "-XX:+UseSerialGC"), MAIN, arguments));
    JavaProcess.cleanEnvironment(builder.environment());
    Process process =
        builder
            .redirectInput(new File("/dev/null"))
            .redirectError(complaints.toFile())
            .redirectOutput(printed.toFile())
            .start();
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(
          "hdfs dfs " + arguments + " ended with " + status + ": " + Files.readString(complaints));
    }
    return printed;
  }

  private List<Path> classPath() {
    return Stream.of(
            Stream.of(hdfs.conf()),
            Home.HADOOP.jars().stream(),
            Home.KAFKA.jars().stream()
                .filter(
                    jar -> NOT_HADOOPS.stream().anyMatch(jar.getFileName().toString()::startsWith)))
        .flatMap(jars -> jars)
        .toList();
  }
}
