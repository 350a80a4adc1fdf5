/** Files, from their opening to their final names, and the file system that they are in. */
@NullMarked
package io.flafka.hdfs.file;

import org.jspecify.annotations.NullMarked;
