package io.flafka.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A sink that lands in HDFS on the channel that goes with it, or the loop beside it. */
record LandSubject(Contender contender, LandedAs landedAs) implements Subject {
  /** How these subjects are shown. */
  static Layout<LandSubject> layout(Layout.Unit unit, List<LandSubject> subjects) {
    List<Contender> present = subjects.stream().map(LandSubject::contender).toList();
    List<Comparison<LandSubject>> comparisons = new ArrayList<>();
    for (Contender beside : List.of(Contender.STOCK, Contender.BARE)) {
      if (present.contains(beside)) {
        comparisons.add(
            Comparison.ofRates(
                "to " + beside.label(), (subject, other) -> other.contender == beside));
      }
    }
    if (unit != Layout.Unit.STOP && present.contains(Contender.STOCK)) {
      comparisons.add(
          Comparison.ofCpu(
              "CPU to stock's", (subject, other) -> other.contender == Contender.STOCK));
    }
    return new Layout<>(unit, List.of("subject"), comparisons);
  }

  @Override
  public String name() {
    return contender.label();
  }

  @Override
  public List<String> cells() {
    return List.of(name());
  }

  /** The keys of its sink, which lands in this folder. */
  Map<String, String> sink(LandedFolder folder) {
    Map<String, String> keys = new TreeMap<>();
    keys.put("type", contender == Contender.STOCK ? "hdfs" : "io.flafka.HdfsSink");
    if (contender == Contender.EXACTLY_ONCE) {
      keys.put("delivery.guarantee", "exactly_once");
      // Nothing is committed before its file is finished: the last one is when no more comes.
      keys.put("hdfs.idleTimeout", "2");
    }
    landedAs.keys(contender).forEach((key, value) -> keys.put("hdfs." + key, value));
    keys.put("hdfs.path", folder.path() + landedAs.directories());
    keys.put("hdfs.batchSize", "1000");
    keys.put("hdfs.rollInterval", "0");
    return keys;
  }
}
