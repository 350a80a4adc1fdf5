package io.flafka.hdfs.format;

import java.io.IOException;
import org.apache.flume.Event;

/** Writes events to one file in one format. For one thread at a time. */
public interface EventWriter {
  void append(Event event) throws IOException;

  /**
   * Hands all that was appended to the file, in whole records; does nothing if the format can't be
   * read before it is finished ({@link Format#readableAfterFlush}).
   */
  void flush() throws IOException;

  /** Writes what the format wants at the end; nothing may be appended after it. */
  void finish() throws IOException;

  /** Bytes that were appended and are not yet in the file, estimated as stored. Cheap. */
  default long pending() {
    return 0;
  }
}
