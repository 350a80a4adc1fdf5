package io.flafka.bench;

import java.nio.file.Path;
import java.util.Map;

/** Who reads the files of a folder. */
enum Spooler {
  STOCK("stock"),
  TAILDIR("taildir"),
  FLAFKA("flafka"),
  /** A loop over the JDK's file channel, without Flume. */
  BARE("bare");

  private final String label;

  Spooler(String label) {
    this.label = label;
  }

  /** Whose source goes with that channel. */
  static Spooler of(Contender contender) {
    return contender == Contender.STOCK ? STOCK : FLAFKA;
  }

  String label() {
    return label;
  }

  /**
   * The keys of its source, but for the size of its batches.
   *
   * @param own where it may keep what it must remember
   */
  Map<String, String> source(Path folder, Path own) {
    return switch (this) {
      case STOCK -> Map.of("type", "spooldir", "spoolDir", folder.toString());
      case FLAFKA -> Map.of("type", "io.flafka.SpoolDirSource", "spoolDir", folder.toString());
      case TAILDIR ->
          Map.of(
              "type",
              "TAILDIR",
              "filegroups",
              "f1",
              "filegroups.f1",
              folder + "/.*",
              "positionFile",
              own.resolve("positions.json").toString());
      case BARE -> throw new UnsupportedOperationException("No agent runs the bare loop");
    };
  }

  /** Whether it gives files another name when they are done. */
  boolean retires() {
    return this == STOCK || this == FLAFKA;
  }
}
