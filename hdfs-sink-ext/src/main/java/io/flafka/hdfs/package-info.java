/**
 * A Flume sink that lands events in HDFS.
 *
 * <p>Data flows through the packages in one direction:
 *
 * <ol>
 *   <li>{@code config} reads what the user wrote;
 *   <li>{@code bucket} tells where an event goes, {@code format} how it is written, and {@code
 *       compression} how that is made smaller;
 *   <li>{@code login} says as whom, and {@code file} opens, writes, closes and renames files, and
 *       is all that speaks to HDFS;
 *   <li>{@code atleastonce} and {@code exactlyonce} decide when, each for its guarantee: they are
 *       the two kinds of {@link io.flafka.hdfs.cargo.Unloading}, and know nothing of each other.
 * </ol>
 *
 * <p>All of it happens on one thread, the sink's {@link io.flafka.hdfs.Lander}, one step after
 * another. Other threads do what it would have to wait for: a {@link io.flafka.hdfs.file.Crew}
 * closes several files at a time, and gzip is compressed on some.
 */
@NullMarked
package io.flafka.hdfs;

import org.jspecify.annotations.NullMarked;
