/**
 * Kafka's clients: what they are made with, how they are made, what their errors mean, and whether
 * the topic that they are for is there.
 */
@NullMarked
package io.flafka.kafka.client;

import org.jspecify.annotations.NullMarked;
