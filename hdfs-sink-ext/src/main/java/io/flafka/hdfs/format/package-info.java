/** What is in a file. */
@NullMarked
package io.flafka.hdfs.format;

import org.jspecify.annotations.NullMarked;
