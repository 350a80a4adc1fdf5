package io.flafka.spooldir;

import java.util.Comparator;
import java.util.List;

/** Which of the waiting files is read first. */
enum ConsumeOrder {
  /** By modification time; files of the same time by name. */
  OLDEST,
  /** By modification time, the latest first; files of the same time by name. */
  YOUNGEST,
  /** As the file system lists them. */
  RANDOM;

  void sort(List<SpoolFile> files) {
    Comparator<SpoolFile> byTime = Comparator.comparing(SpoolFile::modified);
    switch (this) {
      case OLDEST -> files.sort(byTime.thenComparing(SpoolFile::name));
      case YOUNGEST -> files.sort(byTime.reversed().thenComparing(SpoolFile::name));
      case RANDOM -> {}
    }
  }
}
