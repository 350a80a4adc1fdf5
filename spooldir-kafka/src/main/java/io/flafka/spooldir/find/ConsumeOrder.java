package io.flafka.spooldir.find;

import java.util.Comparator;

/** Which of the waiting files is read first. */
public enum ConsumeOrder {
  /** By modification time; files of the same time by name. */
  OLDEST,
  /** By modification time, the latest first; files of the same time by name. */
  YOUNGEST,
  /** In no order that means anything. */
  RANDOM;

  /** Tells any two files apart. */
  Comparator<SpoolFile> comparator() {
    Comparator<SpoolFile> byTime = Comparator.comparing(SpoolFile::modified);
    Comparator<SpoolFile> order =
        switch (this) {
          case OLDEST -> byTime.thenComparing(SpoolFile::name);
          case YOUNGEST -> byTime.reversed().thenComparing(SpoolFile::name);
          case RANDOM -> Comparator.comparing(file -> file.path().hashCode());
        };
    return order.thenComparing(SpoolFile::path);
  }
}
