/**
 * How a line of a web log is read: a {@link io.flafka.weblog.line.LineFormat} says what a line
 * looks like, its {@link io.flafka.weblog.line.LineReader} finds the time and the {@link
 * io.flafka.weblog.line.Field}s in one, or says with a {@link io.flafka.weblog.line.Misfit} why
 * they aren't there.
 *
 * <p>The usual formats are read by hand, on the bytes. Whatever else Apache can be told to write is
 * left to a library, which works with regular expressions.
 */
@NullMarked
package io.flafka.weblog.line;

import org.jspecify.annotations.NullMarked;
