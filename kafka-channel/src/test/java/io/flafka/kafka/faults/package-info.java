/** Kafka's clients with faults planted in them. */
@NullMarked
package io.flafka.kafka.faults;

import org.jspecify.annotations.NullMarked;
