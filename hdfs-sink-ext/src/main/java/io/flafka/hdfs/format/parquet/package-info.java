/**
 * Parquet, written column by column: {@code Rows} say which columns there are and what an event has
 * in them, {@code RowGroups} gather that in memory and bring it to the file, {@code RowGroupMemory}
 * is what all files of a sink share.
 *
 * <p>Parquet's own writer would do for one file. It lets nobody end a row group early, though,
 * which is what keeps the memory of many files within bounds.
 */
@NullMarked
package io.flafka.hdfs.format.parquet;

import org.jspecify.annotations.NullMarked;
