/** Kafka as a Flume sink. */
@NullMarked
package io.flafka.kafka.sink;

import org.jspecify.annotations.NullMarked;
