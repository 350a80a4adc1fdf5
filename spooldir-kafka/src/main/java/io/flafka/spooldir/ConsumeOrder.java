package io.flafka.spooldir;

import java.util.Comparator;
import java.util.List;

/** Which of the waiting files is read first. */
enum ConsumeOrder {
  /** By modification time; files of the same time by name. */
  OLDEST(Comparator.comparing(SpoolFile::modified).thenComparing(SpoolFile::name)),
  /** By modification time, the latest first; files of the same time by name. */
  YOUNGEST(Comparator.comparing(SpoolFile::modified).reversed().thenComparing(SpoolFile::name)),
  /** As the file system lists them. */
  RANDOM((a, b) -> 0);

  private final Comparator<SpoolFile> comparator;

  ConsumeOrder(Comparator<SpoolFile> comparator) {
    this.comparator = comparator;
  }

  void sort(List<SpoolFile> files) {
    files.sort(comparator);
  }
}
