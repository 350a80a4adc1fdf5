/**
 * The source: {@link io.flafka.kafka.source.KafkaSource} is what Flume sees, {@link
 * io.flafka.kafka.source.Intake} what runs between its start and its stop, and {@link
 * io.flafka.kafka.source.Delivery} what moves events into the channels, whenever that has to be.
 */
@NullMarked
package io.flafka.kafka.source;

import org.jspecify.annotations.NullMarked;
