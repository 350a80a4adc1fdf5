/**
 * How far each file has come, on disk: the trackers.
 *
 * <p>A {@link io.flafka.spooldir.track.Tracker} belongs to one instance of a file, from before its
 * first event to after its retirement. The {@link io.flafka.spooldir.track.TrackerBook} keeps all
 * of them in one small file, which is replaced as a whole.
 */
@NullMarked
package io.flafka.spooldir.track;

import org.jspecify.annotations.NullMarked;
