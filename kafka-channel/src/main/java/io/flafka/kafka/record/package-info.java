/**
 * What an event looks like as a record, and back.
 *
 * <p>A {@link io.flafka.kafka.record.ValueFormat} says what is in the value. What else of an event
 * travels is up to an {@link io.flafka.kafka.record.EventMapping} on the way in, and to a {@link
 * io.flafka.kafka.record.RecordMapping} on the way out.
 */
@NullMarked
package io.flafka.kafka.record;

import org.jspecify.annotations.NullMarked;
