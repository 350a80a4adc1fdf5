package io.flafka.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A source that has small files waiting for it.
 *
 * @param waiting how many, when it is let at them
 */
record BacklogSubject(Spooler spooler, int waiting) implements Subject {
  static final int FEW = 1_000;

  /** How these subjects are shown. */
  static final Layout<BacklogSubject> LAYOUT =
      new Layout<>(
          Layout.Unit.FILE,
          List.of("subject", "files waiting"),
          List.of(
              Comparison.ofRates("to stock, as many waiting", BacklogSubject::hasStock),
              Comparison.ofCpu("CPU to stock's", BacklogSubject::hasStock),
              Comparison.ofCpu(
                  "CPU to its own with 1,000 waiting",
                  (subject, other) -> other.spooler == subject.spooler && other.waiting == FEW)));

  private static boolean hasStock(BacklogSubject subject, BacklogSubject other) {
    return other.spooler == Spooler.STOCK && other.waiting == subject.waiting;
  }

  @Override
  public String name() {
    return spooler.label() + "-" + waiting;
  }

  @Override
  public List<String> cells() {
    return List.of(spooler.label(), "%,d".formatted(waiting));
  }

  /**
   * The keys of its source.
   *
   * @param folder what it reads
   * @param own where it may keep what it must remember
   */
  Map<String, String> source(Path folder, Path own) {
    Map<String, String> keys = new TreeMap<>(spooler.source(folder, own));
    if (spooler == Spooler.STOCK) {
      keys.put("batchSize", "1000");
    }
    return keys;
  }
}
