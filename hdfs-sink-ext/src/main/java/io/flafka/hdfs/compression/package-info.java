/**
 * How a file is compressed.
 *
 * <p>A compressed file is one or more <i>members</i>, one behind the other: a member of gzip, a
 * stream of bzip2, a frame of Zstandard, some blocks of snappy or lz4. Hadoop's readers go through
 * all of them as if they were one. What stands in a file up to the end of a member can be read
 * whatever comes behind it; what stands in an unfinished member can't, since a reader that meets
 * the end of the file in there fails. So a member ends where a file's content must survive a crash,
 * and nowhere else.
 */
@NullMarked
package io.flafka.hdfs.compression;

import org.jspecify.annotations.NullMarked;
