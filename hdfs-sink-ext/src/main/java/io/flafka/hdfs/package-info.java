/** Landing events in HDFS. */
@NullMarked
package io.flafka.hdfs;

import org.jspecify.annotations.NullMarked;
