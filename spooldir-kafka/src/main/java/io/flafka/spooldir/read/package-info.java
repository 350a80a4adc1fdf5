/**
 * From the bytes of one file to events.
 *
 * <p>An {@link io.flafka.spooldir.read.InputFormat} is what the user configured; it opens an {@link
 * io.flafka.spooldir.read.Input}, which is one instance of a file and the offset to go on from, as
 * an {@link io.flafka.spooldir.read.EventReader}. That gives {@link
 * io.flafka.spooldir.read.FileEvent}s, each of which knows the offset that it ends at.
 */
@NullMarked
package io.flafka.spooldir.read;

import org.jspecify.annotations.NullMarked;
