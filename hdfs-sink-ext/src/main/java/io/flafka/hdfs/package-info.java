/**
 * Landing events in HDFS.
 *
 * <p>An event's headers and timestamp say which {@link io.flafka.hdfs.Bucket} it belongs to: a
 * {@link io.flafka.hdfs.Template} is compiled once, and {@link io.flafka.hdfs.Buckets} evaluates it
 * only where something changed since the last event. Each bucket has at most one open {@link
 * io.flafka.hdfs.BucketFile}, kept in {@link io.flafka.hdfs.OpenFiles}; it is written under a name
 * that readers ignore, until a {@link io.flafka.hdfs.RollPolicy} says that it is finished. Then it
 * is closed and published under its final name: a {@link io.flafka.hdfs.Landing}.
 *
 * <p>All of it happens on one thread, the sink's {@link io.flafka.hdfs.Lander}, one {@link
 * io.flafka.hdfs.Step} after another; {@link io.flafka.hdfs.Crew} lends further threads where
 * several files wait for HDFS at once. A {@link io.flafka.hdfs.Delivery} carries one channel
 * transaction into files, at least once: its Javadoc argues why nothing that the channel gave up is
 * ever lost.
 */
@NullMarked
package io.flafka.hdfs;

import org.jspecify.annotations.NullMarked;
