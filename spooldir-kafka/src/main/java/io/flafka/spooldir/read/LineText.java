package io.flafka.spooldir.read;

import java.io.IOException;
import java.util.Arrays;

/** Makes the body of an event from a line's bytes. For one thread. */
interface LineText {
  /** The bytes, as they are. */
  LineText VERBATIM =
      line -> Arrays.copyOfRange(line.bytes(), line.start(), line.start() + line.length());

  /**
   * A copy of the line that the cutter stands at.
   *
   * @throws MalformedFileException if it is no text, and that is not to be made good
   */
  byte[] body(LineCutter line) throws IOException;
}
