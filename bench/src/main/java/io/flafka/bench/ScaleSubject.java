package io.flafka.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A component that has more and more of something, while its events stay as they are.
 *
 * @param scale how much of it
 */
record ScaleSubject(Contender contender, int scale) implements Subject {
  /** Each contender at each scale. */
  static List<ScaleSubject> all(List<Contender> contenders, List<Integer> scales) {
    List<ScaleSubject> subjects = new ArrayList<>();
    for (Contender contender : contenders) {
      scales.forEach(scale -> subjects.add(new ScaleSubject(contender, scale)));
    }
    return subjects;
  }

  /**
   * How they are shown: beside stock, and what an event costs beside what it costs where there is
   * least.
   *
   * @param heading what there is more and more of
   * @param least the smallest scale
   * @param columns further figures
   */
  static Layout<ScaleSubject> layout(
      String heading, int least, List<Column<ScaleSubject>> columns) {
    return new Layout<>(
        Layout.Unit.EVENT,
        List.of("subject", heading),
        columns,
        List.of(
            Comparison.ofRates("to stock", ScaleSubject::hasStock),
            Comparison.ofCpu("CPU to stock's", ScaleSubject::hasStock),
            Comparison.ofCpu(
                "CPU to its own with %,d".formatted(least),
                (subject, other) -> other.contender == subject.contender && other.scale == least)));
  }

  private static boolean hasStock(ScaleSubject subject, ScaleSubject other) {
    return other.contender == Contender.STOCK && other.scale == subject.scale;
  }

  @Override
  public String name() {
    return contender.label() + "-" + scale;
  }

  @Override
  public List<String> cells() {
    return List.of(contender.label(), "%,d".formatted(scale));
  }
}
