package io.flafka.spooldir.find;

import java.util.Comparator;

/** Which of the waiting files is read first. */
public enum ConsumeOrder {
  /** By modification time; files of the same time by name. */
  OLDEST(Comparator.comparing(SpoolFile::modified).thenComparing(SpoolFile::name)),
  /** By modification time, the latest first; files of the same time by name. */
  YOUNGEST(Comparator.comparing(SpoolFile::modified).reversed().thenComparing(SpoolFile::name)),
  /** In no order that means anything. */
  RANDOM(Comparator.comparing(file -> file.path().hashCode()));

  private final Comparator<SpoolFile> comparator;

  ConsumeOrder(Comparator<SpoolFile> comparator) {
    this.comparator = comparator.thenComparing(SpoolFile::path);
  }

  /** Tells any two files apart. */
  Comparator<SpoolFile> comparator() {
    return comparator;
  }
}
