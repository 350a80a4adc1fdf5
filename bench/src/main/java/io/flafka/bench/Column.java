package io.flafka.bench;

import java.util.function.ToDoubleBiFunction;

/**
 * A column of further figures.
 *
 * @param heading what they are, with their unit
 * @param format as {@link String#format} takes it
 * @param figure what one run gives
 */
record Column<S extends Subject>(
    String heading, String format, ToDoubleBiFunction<S, Outcome.Measured> figure) {

  /**
   * What an event takes of all cores: so much of it as isn't the subject's is the broker's, HDFS's
   * and the bench's own, and the cores can't do more events a second than that allows.
   */
  static <S extends Subject> Column<S> machine() {
    return new Column<>(
        "all CPU us/event", "%.2f", (subject, measured) -> measured.steady().machineMicros());
  }
}
