package io.flafka.spooldir.read;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;

/**
 * The bytes of a compressed file, in a buffer, and where in the file they stand.
 *
 * <p>For one thread.
 */
final class CompressedInput implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final ReadableByteChannel channel;
  private final ByteBuffer buffer;
  private long unread;
  private long read;

  /**
   * Starts at the beginning.
   *
   * @param channel is the input's from now on
   * @param size where to end, bytes: what a writer adds meanwhile is not looked at
   * @param direct whether native code is to read the buffer
   */
  CompressedInput(Path file, ReadableByteChannel channel, long size, boolean direct) {
    this.file = file;
    this.channel = channel;
    this.unread = size;
    int capacity = (int) Math.max(1, Math.min(size, BUFFER));
    this.buffer = direct ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
    this.buffer.flip();
  }

  /** What was read of the file and not yet used: whoever uses some moves its position. */
  ByteBuffer buffer() {
    return buffer;
  }

  /** Reads more if all was used; false at the end of the file. */
  boolean hasMore() throws IOException {
    if (buffer.hasRemaining()) {
      return true;
    }
    if (unread <= 0) {
      return false;
    }
    buffer.clear().limit((int) Math.min(buffer.capacity(), unread));
    int more = channel.read(buffer);
    buffer.flip();
    unread = more < 0 ? 0 : unread - more;
    read += Math.max(0, more);
    return more > 0;
  }

  /** How many bytes of the file were used. */
  long used() {
    return read - buffer.remaining();
  }

  /**
   * What to throw where the data breaks off.
   *
   * @param what is wrong, as a sentence without its end
   * @param content how many bytes of content came before
   */
  MalformedFileException broken(String what, long content) {
    return new MalformedFileException(
        "%s: %s, at byte %d of the file, after %d bytes of content. The file is corrupt, or still"
                .formatted(file, what, used(), content)
            + " being written");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
