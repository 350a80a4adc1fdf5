package io.flafka.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One who carries lines to HDFS, and what becomes of them there. */
record LandSubject(Lander lander, LandedAs landedAs) implements Subject {
  /** How these subjects are shown. */
  static Layout<LandSubject> layout(Layout.Unit unit, List<LandSubject> subjects) {
    List<Lander> present = subjects.stream().map(LandSubject::lander).toList();
    List<Comparison<LandSubject>> comparisons = new ArrayList<>();
    for (Lander beside : List.of(Lander.STOCK, Lander.BARE)) {
      if (present.contains(beside)) {
        comparisons.add(
            Comparison.ofRates("to " + beside.label(), (subject, other) -> other.lander == beside));
      }
    }
    if (unit != Layout.Unit.STOP && present.contains(Lander.STOCK)) {
      comparisons.add(
          Comparison.ofCpu("CPU to stock's", (subject, other) -> other.lander == Lander.STOCK));
    }
    List<Column<LandSubject>> columns = unit == Layout.Unit.EVENT ? Column.costs() : List.of();
    return new Layout<>(unit, List.of("subject"), columns, comparisons);
  }

  @Override
  public String name() {
    return lander.label();
  }

  @Override
  public List<String> cells() {
    return List.of(name());
  }

  @Override
  public Optional<String> missing() {
    return lander.missing();
  }
}
