/**
 * How a file is compressed.
 *
 * <p>A compressed file is one or more <i>members</i>, one behind the other: a member of gzip, a
 * stream of bzip2, a frame of Zstandard, some blocks of snappy or lz4. Hadoop's readers go through
 * all of them as if they were one. What stands in a file up to the end of a member can be read
 * whatever comes behind it; what stands in an unfinished member can't, since a reader that meets
 * the end of the file in there fails. So a member ends where a file's content must survive a crash,
 * and nowhere else.
 *
 * <p>The sink's one thread would wait for zlib most of its time, so gzip has threads beside it
 * ({@link io.flafka.hdfs.compression.ParallelGzip}): a member's content is cut into blocks that are
 * deflated side by side, each with the end of the one before as its dictionary, and written in
 * their order by whoever writes to the file. What that takes, threads, deflaters and the blocks
 * under way, is the sink's and bounded, however many files are open; what a file has of its own is
 * the block that is being filled. Other codecs work in the thread that writes.
 */
@NullMarked
package io.flafka.hdfs.compression;

import org.jspecify.annotations.NullMarked;
