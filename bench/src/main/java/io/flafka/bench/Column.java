package io.flafka.bench;

import java.util.List;
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

  /** What carrying an event costs beside the subject's own time. */
  static <S extends Subject> List<Column<S>> costs() {
    return List.of(machine(), written());
  }

  /** What there is of an event in a topic and in HDFS. */
  private static <S extends Subject> Column<S> written() {
    return new Column<>("B written/event", "%.0f", (subject, measured) -> measured.writtenBytes());
  }

  /**
   * What an event takes of all cores: so much of it as isn't the subject's is the broker's, HDFS's
   * and the bench's own, and the cores can't do more events a second than that allows.
   */
  private static <S extends Subject> Column<S> machine() {
    return new Column<>(
        "all CPU us/event", "%.2f", (subject, measured) -> measured.steady().machineMicros());
  }
}
