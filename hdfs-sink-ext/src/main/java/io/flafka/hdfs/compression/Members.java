package io.flafka.hdfs.compression;

import java.io.Closeable;
import java.io.IOException;

/** Writes the members of one file, one after another. For one thread at a time. */
public interface Members extends Closeable {
  /** Adds to the member, and begins one if none is begun. */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /** Ends the member with all that belongs to it; an empty one, if none is begun. */
  void end() throws IOException;

  /**
   * Bytes of content of which it is known that what became of them is not in the file; what a codec
   * holds back without telling is not counted.
   */
  default long held() {
    return 0;
  }

  /** Gives memory back, that outside of the heap too. The file stays open. */
  @Override
  void close() throws IOException;
}
