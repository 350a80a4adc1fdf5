/** Which directory and name an event belongs to. */
@NullMarked
package io.flafka.hdfs.bucket;

import org.jspecify.annotations.NullMarked;
