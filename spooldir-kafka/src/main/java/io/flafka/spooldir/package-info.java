/**
 * Files from a spooling directory, exactly once where the channels keep positions.
 *
 * <p>{@link io.flafka.spooldir.SpoolDirSource} is the rim that Flume sees. Its thread, the {@link
 * io.flafka.spooldir.SpoolReader}, opens the {@link io.flafka.spooldir.Spool} (the lock, the
 * trackers) and runs a {@link io.flafka.spooldir.Session} on it; when the directory vanishes or its
 * disk is full, the session ends, the spool is closed, and both are tried again until that works.
 *
 * <p>Within a session, data flows one way, from thread to thread:
 *
 * <pre>
 *             Claims        Reading           BatchQueue   Delivery      Settlement
 * directory -> files in -> events of one  ->  batches  ->  one channel -> positions stored,
 *              progress    file, in order     ahead        transaction    files retired
 *             '----- one thread a lane -----'             'one a lane'   'the source's thread'
 * </pre>
 *
 * <p>Three rules make it safe. A file has its stream id, durably, before its first event is handed
 * out. Nothing of a file is noted before the channels have accepted it. And a file is out of the
 * way, durably, before the channels are told to forget its stream and its tracker is dropped. So a
 * crash finds every file with a tracker that is not ahead of the channels, or retired. What the
 * channels have accepted beyond the tracker is delivered again where they keep no positions, at
 * most what came in the last 100 ms before a {@code kill -9}; and is skipped where they do: there a
 * file goes on at the lowest of their answers ({@link io.flafka.spooldir.ChannelPositions}).
 *
 * <p>What is a package of its own: {@link io.flafka.spooldir.find} which files wait, {@link
 * io.flafka.spooldir.read} how a file becomes events, {@link io.flafka.spooldir.track} how far each
 * has come, {@link io.flafka.spooldir.retire} what becomes of it.
 */
@NullMarked
package io.flafka.spooldir;

import org.jspecify.annotations.NullMarked;
