package io.flafka.bench;

import io.flafka.bench.load.Format;
import java.util.Locale;

/**
 * One thing that a scenario measures.
 *
 * @param batch events a transaction; 0 where there are no transactions
 */
record Subject(Contender contender, Format format, int batch) {
  /** What {@code --subjects} is matched with, for example {@code stock-raw-1000}. */
  String name() {
    String name = contender.label() + "-" + format.name().toLowerCase(Locale.ROOT);
    return batch == 0 ? name : name + "-" + batch;
  }

  boolean parsesAsFlumeEvent() {
    return format == Format.FLUME;
  }

  /** Whether this is stock doing just what the other does. */
  boolean isStockOf(Subject other) {
    return contender == Contender.STOCK && format == other.format && batch == other.batch;
  }
}
