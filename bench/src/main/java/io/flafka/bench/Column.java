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
    String heading, String format, ToDoubleBiFunction<S, Outcome.Measured> figure) {}
