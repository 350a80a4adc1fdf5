package io.flafka.hdfs.compression;

import java.io.Closeable;
import java.io.IOException;

/** Writes the members of one file, one after another. For one thread at a time. */
public interface Members extends Closeable {
  /** Adds to the member, and begins one if none is begun. */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /** Ends the member with all that belongs to it; an empty one, if none is begun. */
  void end() throws IOException;

  /** Gives memory back, that outside of the heap too. The file stays open. */
  @Override
  void close() throws IOException;
}
