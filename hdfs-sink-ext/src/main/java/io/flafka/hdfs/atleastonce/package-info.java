/** Unloading batch by batch: nothing is lost, and what is in doubt is landed again. */
@NullMarked
package io.flafka.hdfs.atleastonce;

import org.jspecify.annotations.NullMarked;
