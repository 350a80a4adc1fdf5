package io.flafka.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A source that reads files, or what stands beside it.
 *
 * @param batch its {@code batchSize}; 0 where nothing is said
 */
record SpoolSubject(Spooler spooler, EventTime time, int batch) implements Subject {
  /** How subjects are shown beside those of these spoolers, and their cost beside stock's. */
  static Layout<SpoolSubject> beside(Collection<Spooler> spoolers) {
    List<Comparison<SpoolSubject>> comparisons = new ArrayList<>();
    for (Spooler spooler : spoolers) {
      comparisons.add(
          Comparison.ofRates("to " + spooler.label(), (subject, other) -> other.is(spooler)));
    }
    comparisons.add(
        Comparison.ofCpu("CPU to stock's", (subject, other) -> other.is(Spooler.STOCK)));
    return new Layout<>(Layout.Unit.EVENT, List.of("subject", "batchSize"), comparisons);
  }

  private boolean is(Spooler other) {
    return spooler == other;
  }

  private String label() {
    return time == EventTime.NONE
        ? spooler.label()
        : spooler.label() + "-" + time.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String name() {
    return batch == 0 ? label() : label() + "-" + batch;
  }

  @Override
  public List<String> cells() {
    String size = batch == 0 ? "unset" : "%,d".formatted(batch);
    return List.of(label(), spooler == Spooler.BARE ? "-" : size);
  }

  /**
   * The keys of its source.
   *
   * @param folder what it reads
   * @param own where it may keep what it must remember
   */
  Map<String, String> source(Path folder, Path own) {
    Map<String, String> keys = new TreeMap<>(spooler.source(folder, own));
    keys.putAll(time.keys());
    if (batch > 0) {
      keys.put("batchSize", String.valueOf(batch));
    }
    return keys;
  }
}
