/**
 * From the bytes of one file to events.
 *
 * <p>An {@link io.flafka.spooldir.read.InputFormat} is what the user configured; it opens an {@link
 * io.flafka.spooldir.read.Input}, which is one instance of a file and the offset to go on from, as
 * an {@link io.flafka.spooldir.read.EventReader}. That gives {@link
 * io.flafka.spooldir.read.FileEvent}s, each of which knows the offset that it ends at.
 *
 * <p>There are two formats. Lines are ours: the {@link io.flafka.spooldir.read.Content} of a file,
 * which is its bytes or what they decompress to, is cut by a {@link
 * io.flafka.spooldir.read.LineCutter} into stretches, of which a {@link
 * io.flafka.spooldir.read.LineText} makes bodies: a copy, or another charset. All else is read by
 * Flume's deserializers, or the user's.
 *
 * <p>What can't be read as configured is a {@link io.flafka.spooldir.read.MalformedFileException},
 * and never an end of the file. A broken compressed file gives no half of a line; but its checksums
 * stand behind what they are of, so that whole lines before the break were given, and parts of a
 * line that is split for its length.
 */
@NullMarked
package io.flafka.spooldir.read;

import org.jspecify.annotations.NullMarked;
