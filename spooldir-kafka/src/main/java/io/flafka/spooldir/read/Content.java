package io.flafka.spooldir.read;

import java.io.Closeable;
import java.io.IOException;

/** What is in a file: its bytes, or what they decompress to. For one thread. */
interface Content extends Closeable {
  /**
   * Reads what comes next.
   *
   * @param length at least 1
   * @return how many bytes, at least 1; -1 at the end, which is then known to be a good one
   * @throws MalformedFileException where the compressed data breaks off; all before was returned
   */
  int read(byte[] to, int from, int length) throws IOException;

  /**
   * Goes forward.
   *
   * @param offset in the content, not before what was read
   */
  void skipTo(long offset) throws IOException;

  /**
   * How many bytes of the file it takes to get to an offset, or a few more.
   *
   * @param offset in the content, not behind what was read
   */
  long consumed(long offset);

  /** About how many bytes of content are left; any guess will do. */
  long sizeHint();
}
