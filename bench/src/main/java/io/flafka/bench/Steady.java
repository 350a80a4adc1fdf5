package io.flafka.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * How a trial went between 40 % and 95 % of its events: after its warm-up, before its end. The JIT
 * compiler takes two fifths of the processor of an agent's first ten seconds, and is done after
 * twenty.
 *
 * @param rate events a second
 * @param cpuMicros the process's CPU time for one event
 * @param machineMicros the same of all processes, the broker's and HDFS's among them; 0 if it isn't
 *     known
 */
record Steady(double rate, double cpuMicros, double machineMicros) {
  /** The same in words, after "measured". */
  static final String WHEN = "between 40 % and 95 % of them";

  private static final double FROM = 0.40;
  private static final double TO = 0.95;

  Steady(double rate, double cpuMicros) {
    this(rate, cpuMicros, 0);
  }

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
    ToDoubleFunction<ToLongFunction<Sample>> each =
        clock -> (at(to, moves, clock) - at(from, moves, clock)) / (to - from);
    return new Steady(
        1e9 / each.applyAsDouble(Sample::nanos),
        each.applyAsDouble(Sample::cpuNanos) / 1e3,
        each.applyAsDouble(Sample::machineNanos) / 1e3);
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
