/** Kafka's clients: what they are made with, how they are made, and what their errors mean. */
@NullMarked
package io.flafka.kafka.client;

import org.jspecify.annotations.NullMarked;
