package io.flafka.bench;

import java.util.function.BiPredicate;
import java.util.function.ToDoubleFunction;

/**
 * A column of ratios: each subject's figure to that of another one.
 *
 * @param heading what it is compared with
 * @param with whether a subject is compared with another one; of several, with the fastest
 * @param figure what is compared
 */
record Comparison<S extends Subject>(
    String heading, BiPredicate<S, S> with, ToDoubleFunction<Steady> figure) {

  static <S extends Subject> Comparison<S> ofRates(String heading, BiPredicate<S, S> with) {
    return new Comparison<>(heading, with, Steady::rate);
  }

  static <S extends Subject> Comparison<S> ofCpu(String heading, BiPredicate<S, S> with) {
    return new Comparison<>(heading, with, Steady::cpuMicros);
  }
}
