/**
 * The component types that a Flume configuration names, and the isolation behind them.
 *
 * <p>{@code flume-ng} builds one flat class path on which Flume's own, older libraries come first.
 * So the types here are all that Flume loads of us: each hands every call to a component of the
 * same name that {@link io.flafka.Isolation} loads, with the libraries that it needs, from the
 * folder {@code isolated} beside {@code lib}. Without that folder (tests, embedded agents) the
 * components come from the ordinary class path.
 */
@NullMarked
package io.flafka;

import org.jspecify.annotations.NullMarked;
