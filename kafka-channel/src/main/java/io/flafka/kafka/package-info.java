/** Kafka as a Flume channel. */
@NullMarked
package io.flafka.kafka;

import org.jspecify.annotations.NullMarked;
