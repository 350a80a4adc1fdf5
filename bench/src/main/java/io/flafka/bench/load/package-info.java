/**
 * What runs in the JVMs that are measured: the source that feeds a channel, and the bare Kafka
 * clients beside it.
 *
 * <p>All events are made beforehand, so that what is measured is what takes them. Their bodies are
 * a ring of {@link io.flafka.bench.load.ReadyBodies}, each with its number in it, by which the
 * arrivals are counted.
 */
@NullMarked
package io.flafka.bench.load;

import org.jspecify.annotations.NullMarked;
