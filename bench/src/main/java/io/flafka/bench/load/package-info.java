/**
 * What runs in the JVMs that are measured: the source that feeds a channel, the channel and the
 * sink that a source feeds, and the bare loops beside them.
 *
 * <p>All events of the source are made beforehand, so that what is measured is what takes them.
 * Their bodies are a ring of {@link io.flafka.bench.load.ReadyBodies}, each with its number in it,
 * by which the arrivals are counted. Lines of files are tallied where they arrive, each by its
 * fingerprint, in a {@link io.flafka.bench.load.TallyFile} that can be looked at from outside.
 */
@NullMarked
package io.flafka.bench.load;

import org.jspecify.annotations.NullMarked;
