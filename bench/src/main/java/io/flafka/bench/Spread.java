package io.flafka.bench;

import java.util.Collection;

/** The middle of some figures, the least and the most of them. */
record Spread(double median, double least, double most) {
  /**
   * Of at least one figure; of an even number, the median is half-way between the middle two.
   *
   * @throws IllegalArgumentException if there are none
   */
  static Spread of(Collection<Double> figures) {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("No figure has no median");
    }
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int last = sorted.length - 1;
    return new Spread((sorted[last / 2] + sorted[(last + 1) / 2]) / 2, sorted[0], sorted[last]);
  }
}
