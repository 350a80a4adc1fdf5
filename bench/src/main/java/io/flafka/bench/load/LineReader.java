package io.flafka.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** Reads a megabyte, finds the ends of lines, copies each line. For one thread. */
public final class LineReader {
  private final Consumer<byte[]> lines;
  private final byte[] buffer = new byte[1 << 20];

  /**
   * Has read nothing yet.
   *
   * @param lines is given every line without its end
   */
  public LineReader(Consumer<byte[]> lines) {
    this.lines = lines;
  }

  /** Reads a file; a last line without an end counts. */
  public void read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      read(channel);
    }
  }

  /**
   * Reads all that there is; a last line without an end counts.
   *
   * @throws IOException if a line is longer than a megabyte, too
   */
  public void read(ReadableByteChannel channel) throws IOException {
    int held = 0;
    for (int read = fill(channel, held); read > 0; read = fill(channel, held)) {
      held = cut(held, held + read);
    }
    if (held > 0) {
      lines.accept(Arrays.copyOf(buffer, held));
    }
  }

  private int fill(ReadableByteChannel channel, int held) throws IOException {
    if (held == buffer.length) {
      throw new IOException("A line is longer than " + held + " bytes");
    }
    return channel.read(ByteBuffer.wrap(buffer, held, buffer.length - held));
  }

  /** Gives the lines that end; returns how much of the next one is now at the buffer's start. */
  private int cut(int from, int end) {
    int start = 0;
    for (int i = from; i < end; i++) {
      if (buffer[i] == '\n') {
        lines.accept(Arrays.copyOfRange(buffer, start, i));
        start = i + 1;
      }
    }
    System.arraycopy(buffer, start, buffer, 0, end - start);
    return end - start;
  }
}
