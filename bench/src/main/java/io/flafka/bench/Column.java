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

  /** What there is of an event in a topic and in HDFS. */
  static <S extends Subject> Column<S> written() {
    return new Column<>("B written/event", "%.0f", (subject, measured) -> measured.writtenBytes());
  }

  /**
   * What an event takes of all cores: so much of it as isn't the subject's is the broker's, HDFS's
   * and the bench's own, and the cores can't do more events a second than that allows.
   */
  static <S extends Subject> Column<S> machine() {
    return new Column<>(
        "all CPU us/event", "%.2f", (subject, measured) -> measured.steady().machineMicros());
  }
}
