package io.flafka.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How a trial went between 40 % and 95 % of its events: after its warm-up, before its end. The JIT
 * compiler takes two fifths of the processor of an agent's first ten seconds, and is done after
 * twenty.
 *
 * @param rate events a second
 * @param cpuMicros the process's CPU time for one event
 */
record Steady(double rate, double cpuMicros) {
  /** The same in words, after "measured". */
  static final String WHEN = "between 40 % and 95 % of them";

  private static final double FROM = 0.40;
  private static final double TO = 0.95;

  /**
   * Reads it off the samples. From one move to the next, events are taken to arrive evenly, also
   * where they arrive in large lots, as those of files that are landed together do.
   *
   * @param samples in the order of their times, from no event to all of them
   * @throws IllegalArgumentException if they don't reach from 40 % to 95 %
   */
  static Steady of(List<Sample> samples, long events) {
    List<Sample> moves = moves(samples);
    double from = FROM * events;
    double to = TO * events;
    double nanos = at(to, moves, Sample::nanos) - at(from, moves, Sample::nanos);
    double cpuNanos = at(to, moves, Sample::cpuNanos) - at(from, moves, Sample::cpuNanos);
    return new Steady((to - from) / nanos * 1e9, cpuNanos / (to - from) / 1e3);
  }

  /** The last sample without an event, and those that first showed what had arrived. */
  private static List<Sample> moves(List<Sample> samples) {
    List<Sample> moves = new ArrayList<>();
    for (Sample sample : samples) {
      if (sample.events() == 0) {
        moves.clear();
        moves.add(sample);
      } else if (moves.isEmpty() || moves.get(moves.size() - 1).events() != sample.events()) {
        moves.add(sample);
      }
    }
    return moves;
  }

  /** What a clock showed when so many events had arrived. */
  private static double at(double events, List<Sample> samples, ToLongFunction<Sample> clock) {
    for (int i = 1; i < samples.size(); i++) {
      Sample before = samples.get(i - 1);
      Sample after = samples.get(i);
      if (before.events() < events && after.events() >= events) {
        double share = (events - before.events()) / (after.events() - before.events());
        long start = clock.applyAsLong(before);
        return start + share * (clock.applyAsLong(after) - start);
      }
    }
    throw new IllegalArgumentException(
        "The samples don't pass %,.0f events: %s".formatted(events, samples));
  }
}
