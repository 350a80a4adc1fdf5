/**
 * Kafka as a Flume channel: the rim that puts the producing side ({@code produce}) and the
 * consuming side ({@code consume}) behind Flume's transactions.
 */
@NullMarked
package io.flafka.kafka.channel;

import org.jspecify.annotations.NullMarked;
