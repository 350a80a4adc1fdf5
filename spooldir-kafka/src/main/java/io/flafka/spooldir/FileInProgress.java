package io.flafka.spooldir;

import io.flafka.spooldir.track.Tracker;
import java.nio.file.Path;

/** A file between the moment it is picked up and its retirement. For any thread. */
final class FileInProgress {
  private final long began;
  private final Tracker begun;
  private volatile Tracker reached;
  private volatile long consumed;
  private volatile long lastEvent;

  /**
   * Makes a file of which nothing was read in this run.
   *
   * @param nanos what a clock says that only goes forward
   */
  FileInProgress(Tracker begun, long nanos) {
    this.begun = begun;
    this.reached = begun;
    this.began = nanos;
    this.lastEvent = nanos;
    // Of what is decompressed or deserialized, all before is read again.
    this.consumed = begun.countsBytesOfFile() ? begun.offset() : 0;
  }

  /** Notes that the channels have accepted more; returns how much, bytes of the file. */
  long advance(Segment segment, long nanos) {
    Tracker tracker = begun.at(segment.end());
    reached = segment.ending() instanceof Ending.Finished ? tracker.finish() : tracker;
    long before = consumed;
    consumed = Math.max(before, segment.consumed());
    lastEvent = nanos;
    return consumed - before;
  }

  Path path() {
    return begun.file();
  }

  /** Where it was picked up. */
  Tracker begun() {
    return begun;
  }

  /** What the channels have accepted. */
  Tracker reached() {
    return reached;
  }

  int percent() {
    long size = begun.identity().size();
    return size == 0 ? 0 : (int) Math.min(100, consumed * 100 / size);
  }

  /** When it was picked up. */
  long began() {
    return began;
  }

  /** When its last event was accepted, or it was picked up. */
  long lastEvent() {
    return lastEvent;
  }
}
