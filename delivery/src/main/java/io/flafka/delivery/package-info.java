/**
 * The contract between the two hops of a pipeline; it knows neither Kafka nor Hadoop.
 *
 * <p>Every hop commits its position in the input in the same atomic step as the output made from
 * it. On the way in, a source hands over {@link io.flafka.delivery.PositionedEvent}s, and the
 * channel's {@link io.flafka.delivery.PositionLedger} remembers, atomically with the events, how
 * far each stream has come. On the way out, a {@link io.flafka.delivery.Participant} (the sink)
 * prepares its output, and a {@link io.flafka.delivery.ReplayableChannel} commits the participant's
 * note together with the offsets of the events that went into it.
 */
@NullMarked
package io.flafka.delivery;

import org.jspecify.annotations.NullMarked;
