package io.flafka.spooldir;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the rest of one file as events: one for each line, or, as stock Flume does, a single one
 * with an empty body for an empty file.
 *
 * <p>For one thread.
 */
final class EventReader {
  private static final byte[] NOTHING = {};
  private static final int USUAL_BATCH = 1000;

  /** Bytes of lines after which a batch ends, however few they are: a batch is held in memory. */
  private static final long LARGEST_BATCH = 4L << 20;

  private final String stream;
  private final Map<String, String> headers;
  private final LineReader lines;
  private boolean emptyFile;
  private long events;

  /**
   * Starts reading.
   *
   * @param channel stands at the tracker's offset
   */
  EventReader(ReadableByteChannel channel, Tracker tracker, SpoolDirConfig config) {
    long size = tracker.identity().size();
    this.stream = tracker.stream();
    this.headers = config.headers(tracker.file());
    this.lines = new LineReader(channel, tracker.offset(), size, config.maxLineLength());
    this.emptyFile = size == 0;
  }

  /** The next events, of 4 MiB and a line at most; none at the end of the file. */
  List<LineEvent> next(int most) throws IOException {
    List<LineEvent> batch = new ArrayList<>(Math.min(most, USUAL_BATCH));
    long end = lines.offset() + LARGEST_BATCH;
    while (batch.size() < most && lines.offset() < end) {
      byte[] line = lines.next();
      if (line == null) {
        break;
      }
      batch.add(new LineEvent(stream, lines.offset(), line, headers));
    }
    if (emptyFile) {
      emptyFile = false;
      batch.add(new LineEvent(stream, 0, NOTHING, headers));
    }
    events += batch.size();
    return batch;
  }

  /** Where in the file the last event ends. */
  long offset() {
    return lines.offset();
  }

  long events() {
    return events;
  }

  long linesInParts() {
    return lines.linesInParts();
  }
}
