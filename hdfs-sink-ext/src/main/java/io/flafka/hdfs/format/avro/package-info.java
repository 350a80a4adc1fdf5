/**
 * Avro: containers of events or of what is in their bodies, and the schemas that bodies have.
 *
 * <p>No type of Avro's crosses to Flume, whose own version of it is another.
 */
@NullMarked
package io.flafka.hdfs.format.avro;

import org.jspecify.annotations.NullMarked;
