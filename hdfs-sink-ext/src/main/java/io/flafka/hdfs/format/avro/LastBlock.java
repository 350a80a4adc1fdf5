package io.flafka.hdfs.format.avro;

import io.flafka.hdfs.file.FileOutput;

/**
 * How much of a container is still in its last block, and what it will be in the file: as much
 * smaller as what was written before. For one thread.
 */
final class LastBlock {
  private final FileOutput output;
  private long beginning;
  private long seen;
  private long written;
  private long waiting;

  LastBlock(FileOutput output) {
    this.output = output;
    begin();
  }

  /** Notes that what is in the file by now is its header. */
  void begin() {
    beginning = output.position();
    seen = beginning;
  }

  /** Notes bytes that were appended, before compression; a block ends with what fills it. */
  void add(long bytes) {
    waiting += bytes;
    if (output.position() > seen) {
      clear();
    }
  }

  /** Notes that nothing waits. */
  void clear() {
    written += waiting;
    waiting = 0;
    seen = output.position();
  }

  /** Bytes that are not in the file, as they will be stored. */
  long pending() {
    return written == 0 ? waiting : (long) ((double) waiting * (seen - beginning) / written);
  }
}
