package io.flafka.spooldir;

import io.flafka.spooldir.disk.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is in the quarantine of a spooling directory. */
record Quarantined(Path spoolDir) {
  private static final String REPORT = ".report";

  private List<Path> all() throws IOException {
    Path directory = spoolDir.resolve(".flumespool/quarantine");
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).collect(Collectors.toList());
    }
  }

  private static boolean isReport(Path file) {
    return file.toString().endsWith(REPORT);
  }

  /** The files, reports aside, by their inodes. */
  Map<Long, Path> files() throws IOException {
    Map<Long, Path> files = new HashMap<>();
    for (Path file : all()) {
      if (!isReport(file)) {
        files.put(FileState.of(file).identity().inode(), file);
      }
    }
    return files;
  }

  /**
   * The reports that lie beside no file: of this run; or of one that a crash ended, whose file came
   * into quarantine afterwards under another name. Else somebody took the file away after the
   * crash.
   */
  List<Path> reportsOfNothing() throws IOException {
    List<Path> ofNothing = new ArrayList<>();
    Map<String, Integer> timesReported = new HashMap<>();
    for (Path report : all()) {
      if (isReport(report)) {
        timesReported.merge(stream(report), 1, Integer::sum);
        if (Files.notExists(aboutWhat(report))) {
          ofNothing.add(report);
        }
      }
    }
    List<Path> wrong = new ArrayList<>();
    for (Path report : ofNothing) {
      boolean ofThisRun = Files.readString(report).startsWith("file       " + spoolDir + "/");
      if (ofThisRun || timesReported.getOrDefault(stream(report), 0) > 1) {
        wrong.add(report);
      }
    }
    return wrong;
  }

  private static Path aboutWhat(Path report) {
    String name = report.toString();
    return Path.of(name.substring(0, name.length() - REPORT.length()));
  }

  private static String stream(Path report) throws IOException {
    List<String> lines = Files.readAllLines(report);
    return lines.get(lines.size() - 1);
  }

  /** What a report says was delivered. */
  static Optional<Long> delivered(Path file) throws IOException {
    String before = "delivered  bytes [0, ";
    return Files.readAllLines(Path.of(file + REPORT)).stream()
        .filter(line -> line.startsWith(before))
        .map(line -> Long.parseLong(line.substring(before.length(), line.length() - 1)))
        .findFirst();
  }
}
