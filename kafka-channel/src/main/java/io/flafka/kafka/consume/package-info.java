/**
 * The consuming side, which the channel and the source share.
 *
 * <p>A {@link io.flafka.kafka.consume.TopicReader} belongs to one thread; it reads forward, commits
 * what was taken, or goes back to where it last committed. It keeps nothing in memory for that,
 * since a consumer can seek. {@link io.flafka.kafka.consume.TopicReaders} hands each thread its
 * own.
 *
 * <p>Exactly once (hop 2 of the design): a {@link io.flafka.kafka.consume.Handover} is whoever
 * takes, and {@link io.flafka.kafka.consume.Settlement} is what is open between it and the group: a
 * commit whose outcome is unknown, one that isn't published yet, partitions to be recovered.
 */
@NullMarked
package io.flafka.kafka.consume;

import org.jspecify.annotations.NullMarked;
