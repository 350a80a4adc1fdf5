/**
 * Kafka as a Flume channel.
 *
 * <p>There is one side that produces and one that consumes, and neither knows of channels:
 *
 * <ul>
 *   <li>A {@link io.flafka.kafka.RecordSender} is shared by all threads; what it was given is
 *       acknowledged by the cluster when it returns.
 *   <li>A {@link io.flafka.kafka.TopicReader} belongs to one thread; it reads forward, commits what
 *       was taken, or goes back to where it last committed. It keeps nothing in memory for that,
 *       since a consumer can seek. {@link io.flafka.kafka.TopicReaders} hands each thread its own.
 * </ul>
 *
 * <p>A {@link io.flafka.kafka.KafkaTransaction} puts the two behind Flume's transactions, and a
 * {@link io.flafka.kafka.RecordFormat} says how an event looks as a record. {@link
 * io.flafka.kafka.KafkaChannel} is only the rim: it parses a {@link
 * io.flafka.kafka.KafkaChannelConfig} and opens and closes a {@link io.flafka.kafka.Connection}.
 *
 * <p>Delivery is at least once. An event counts as put when every in-sync replica has it, and as
 * taken when the consumer group's offset has passed it; whatever fails in between is done again.
 */
@NullMarked
package io.flafka.kafka;

import org.jspecify.annotations.NullMarked;
