/**
 * Reading files from a spooling directory.
 *
 * <p>{@link io.flafka.spooldir.SpoolDirSource} is the rim that Flume sees. It owns one thread,
 * which runs a {@link io.flafka.spooldir.SpoolReader}: list the directory, bring one file after the
 * other through a {@link io.flafka.spooldir.FileTransfer}, list again. What is held while it runs
 * (the lock, the trackers, the way to list) is a {@link io.flafka.spooldir.Spool}; when the
 * directory vanishes or its disk is full, the spool is closed, and opened again until that works.
 *
 * <p>A transfer reads {@link io.flafka.spooldir.read.FileEvent}s with an {@link
 * io.flafka.spooldir.read.EventReader}, hands them to the channels through a {@link
 * io.flafka.spooldir.Delivery}, notes in a {@link io.flafka.spooldir.Tracker} how far the channels
 * have accepted the file, and at its end lets the {@link io.flafka.spooldir.Retirement} take the
 * file out of the way. A file that can't be read, or that changes while it is read, is left where
 * it is and put in {@link io.flafka.spooldir.SetAside}; the others go on.
 *
 * <p>Delivery is at least once: a position is stored after the channels have accepted what lies
 * before it, so a crash repeats what was accepted since, and skips nothing.
 */
@NullMarked
package io.flafka.spooldir;

import org.jspecify.annotations.NullMarked;
