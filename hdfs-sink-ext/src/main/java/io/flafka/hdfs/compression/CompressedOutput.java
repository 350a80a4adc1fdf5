package io.flafka.hdfs.compression;

import io.flafka.hdfs.file.FileOutput;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What is written here stands compressed in a file. For one thread at a time.
 *
 * <p>A buffer stands before the codec, whose every write has a price, too. Nothing but {@link
 * #endMember} and {@link #finish} ends a member, least of all {@link #flush}, which serializers
 * call as they like.
 */
public final class CompressedOutput extends OutputStream {
  private static final int CAPACITY = 16384;

  private final FileOutput file;
  private final Members members;
  private final Backlog backlog = new Backlog();
  private final byte[] buffer = new byte[CAPACITY];
  private int buffered;
  private boolean inMember;
  private boolean empty = true;

  /** Begins to compress into a file, which gives the codec's memory back when it is closed. */
  public CompressedOutput(Codec codec, FileOutput file) throws IOException {
    this.file = file;
    this.members = codec.open(file);
    file.own(members);
  }

  @Override
  public void write(int b) throws IOException {
    if (buffered == CAPACITY) {
      drain();
    }
    buffer[buffered++] = (byte) b;
    backlog.take(1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    backlog.take(length);
    if (length > CAPACITY - buffered) {
      drain();
      if (length >= CAPACITY) {
        pass(bytes, offset, length);
        return;
      }
    }
    System.arraycopy(bytes, offset, buffer, buffered, length);
    buffered += length;
  }

  /**
   * Ends the member, so that all that was written so far can be read back; does nothing if nothing
   * was written since the last one. An empty member in the middle of a file would be the end of it
   * for those who read snappy or lz4.
   */
  public void endMember() throws IOException {
    drain();
    if (inMember) {
      members.end();
      inMember = false;
    }
  }

  /** Ends the last member; a file without content gets an empty one, so that it can be read. */
  public void finish() throws IOException {
    endMember();
    if (empty) {
      members.end();
      empty = false;
    }
  }

  /** Bytes, as stored, that are not yet in the file: an estimate. */
  public long pending() {
    return backlog.pending(file.position(), buffered + members.held());
  }

  private void drain() throws IOException {
    if (buffered > 0) {
      int length = buffered;
      buffered = 0;
      pass(buffer, 0, length);
    }
  }

  private void pass(byte[] bytes, int offset, int length) throws IOException {
    inMember = true;
    empty = false;
    members.write(bytes, offset, length);
  }
}
