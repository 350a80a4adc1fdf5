/** What a sink works with, and for. */
@NullMarked
package io.flafka.hdfs.cargo;

import org.jspecify.annotations.NullMarked;
