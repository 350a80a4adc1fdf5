package io.flafka.spooldir.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** The bytes of a file, as they are. */
final class PlainContent implements Content {
  private final SeekableByteChannel channel;
  private long unread;

  /**
   * Starts at the beginning.
   *
   * @param channel stands at 0; is the content's from now on
   * @param size where to end, bytes: what a writer adds meanwhile is not looked at
   */
  PlainContent(SeekableByteChannel channel, long size) {
    this.channel = channel;
    this.unread = size;
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    if (unread <= 0) {
      return -1;
    }
    int read = channel.read(ByteBuffer.wrap(to, from, (int) Math.min(length, unread)));
    unread = read < 0 ? 0 : unread - read;
    return read;
  }

  @Override
  public void skipTo(long offset) throws IOException {
    unread -= offset - channel.position();
    channel.position(offset);
  }

  @Override
  public long consumed(long offset) {
    return offset;
  }

  @Override
  public long sizeHint() {
    return unread;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
