/** Reads back what sinks have landed. */
@NullMarked
package io.flafka.hdfs.read;

import org.jspecify.annotations.NullMarked;
