package io.flafka;

import io.flafka.chaos.step.Retirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A spooling directory for each way to retire a file. */
enum Spool {
  RENAMED("trackingPolicy = rename"),
  DELETED("deletePolicy = immediate"),
  ARCHIVED("trackingPolicy = archive\n%sarchiveDir = .archive"),
  MARKED("trackingPolicy = tracker_dir");

  private static final String TRACKERS = ".flumespool";
  private static final String SUFFIX = ".COMPLETED";

  private final String policy;

  Spool(String policy) {
    this.policy = policy;
  }

  static Spool of(Retirement retirement) {
    return valueOf(retirement.name());
  }

  Path in(Path folder) {
    return folder.resolve(name().toLowerCase(Locale.ROOT));
  }

  /** The source's name in a configuration. */
  String source() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a configuration says of its source. */
  String configuration(Path folder) {
    String key = "agent1.sources." + source() + ".";
    return Stream.of(
            "type = io.flafka.SpoolDirSource",
            "channels = kafka",
            "spoolDir = " + in(folder),
            "batchSize = 100",
            "pollDelay = 50",
            policy.formatted(key))
        .map(line -> key + line + "\n")
        .reduce("", String::concat);
  }

  /** Whether every file is retired, and no tracker is left. */
  boolean isDone(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(in(folder))) {
      return files.filter(Files::isRegularFile).allMatch(Spool::isRetired)
          && trackers(folder).size() <= 2;
    }
  }

  /** A line for each tracker, between head and checksum. */
  private List<String> trackers(Path folder) throws IOException {
    Path file = in(folder).resolve(TRACKERS).resolve(".flafka/trackers");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** Where files go that can't be read. */
  Path quarantine(Path folder) {
    return in(folder).resolve(TRACKERS).resolve("quarantine");
  }

  /** By its name, or by its marker. */
  private static boolean isRetired(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(SUFFIX)
        || Files.exists(file.resolveSibling(TRACKERS).resolve(name + SUFFIX));
  }
}
