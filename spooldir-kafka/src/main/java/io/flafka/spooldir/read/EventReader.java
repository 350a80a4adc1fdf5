package io.flafka.spooldir.read;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the rest of one file as events. For one thread. */
public interface EventReader extends Closeable {
  /**
   * The next event; null at the end of the file.
   *
   * @throws IOException if there is no way on: the file can't be read, or holds what the format
   *     forbids. The message is for the operator. All events before were good
   */
  @Nullable FileEvent next() throws IOException;

  /** Where the last event ends, as the format counts. */
  long offset();

  /** How much of the file has been used, bytes: what a percentage is made of. */
  long consumed();
}
