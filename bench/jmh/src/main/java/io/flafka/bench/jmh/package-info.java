/**
 * What each event goes through, measured with JMH, and stock Flume's way beside it where it can be
 * called as ours: a method {@code stock} by the side of {@code flafka}, in one class and one run.
 *
 * <p>A benchmark lies in the package of what it measures, so that nothing has to be public for its
 * sake. Here is what they share: the lines, and stock Flume's loops.
 */
@NullMarked
package io.flafka.bench.jmh;

import org.jspecify.annotations.NullMarked;
