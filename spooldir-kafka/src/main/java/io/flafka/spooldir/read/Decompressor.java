package io.flafka.spooldir.read;

import java.io.IOException;

/** One way to decompress a file of any number of parts, one after the other. For one thread. */
interface Decompressor extends AutoCloseable {
  /**
   * Whether all of the file was decompressed, and is complete.
   *
   * @throws BrokenDataException if the file ends inside a part, or has none, or what follows the
   *     last part is none
   */
  boolean isAtEnd(CompressedInput input) throws IOException, BrokenDataException;

  /**
   * Decompresses some more; not to be called at the end.
   *
   * @return how many bytes, which may be 0
   */
  int decompress(CompressedInput input, byte[] to, int from, int length)
      throws IOException, BrokenDataException;

  @Override
  void close();
}
