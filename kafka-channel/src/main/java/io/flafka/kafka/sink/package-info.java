/**
 * The sink: {@link io.flafka.kafka.sink.KafkaSink} is what Flume sees, {@link
 * io.flafka.kafka.sink.Outlet} what runs between its start and its stop.
 */
@NullMarked
package io.flafka.kafka.sink;

import org.jspecify.annotations.NullMarked;
