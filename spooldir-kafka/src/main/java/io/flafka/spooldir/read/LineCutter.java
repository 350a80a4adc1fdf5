package io.flafka.spooldir.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stretch of a file into lines, as bytes: a line ends at {@code \n}, which belongs to it and
 * is not returned; {@code \r} is a byte like any other. What follows the last {@code \n} is a line,
 * too, unless it is nothing.
 *
 * <p>A line longer than the limit is returned in parts of the limit's size, of which the last may
 * be shorter; no byte is lost or added.
 *
 * <p>For one thread. The channel remains the caller's.
 */
final class LineCutter {
  private static final int SMALLEST_BUFFER = 1 << 13;
  private static final int USUAL_BUFFER = 1 << 20;

  private final ReadableByteChannel channel;
  private final int longest;
  private byte[] buffer;
  private int from;
  private int to;
  private long offset;
  private long unread;
  private boolean inParts;
  private long linesInParts;

  /**
   * Starts reading.
   *
   * @param channel stands at {@code start}
   * @param start where in the file to begin, bytes
   * @param end where to end, bytes: what a writer adds meanwhile is not looked at
   * @param longest bytes of a line that are returned as one
   */
  LineCutter(ReadableByteChannel channel, long start, long end, int longest) {
    this.channel = channel;
    this.longest = longest;
    this.offset = start;
    this.unread = end - start;
    this.buffer = new byte[(int) Math.max(SMALLEST_BUFFER, Math.min(unread, USUAL_BUFFER))];
  }

  /** The next line, without its {@code \n}; null when there is none. */
  byte @Nullable [] next() throws IOException {
    int seen = 0;
    while (true) {
      int reach = Math.min(to, from + longest + 1);
      int newline = newline(from + seen, reach);
      if (newline >= 0) {
        return take(newline - from, 1);
      }
      if (reach - from > longest) {
        return takePart();
      }
      seen = to - from;
      if (!fill()) {
        return seen == 0 ? null : take(seen, 0);
      }
    }
  }

  /** Where in the file the last returned line ends, its {@code \n} included. */
  long offset() {
    return offset;
  }

  /** How many lines were longer than the limit. */
  long linesInParts() {
    return linesInParts;
  }

  private int newline(int start, int end) {
    byte[] bytes = buffer;
    for (int i = start; i < end; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private byte[] take(int length, int terminator) {
    inParts = false;
    return advance(length, terminator);
  }

  private byte[] takePart() {
    if (!inParts) {
      inParts = true;
      linesInParts++;
    }
    return advance(longest, 0);
  }

  private byte[] advance(int length, int terminator) {
    byte[] line = Arrays.copyOfRange(buffer, from, from + length);
    from += length + terminator;
    offset += length + terminator;
    return line;
  }

  /** Reads more behind what is there; false at the end. */
  private boolean fill() throws IOException {
    if (unread == 0) {
      return false;
    }
    makeRoom();
    int room = (int) Math.min(buffer.length - to, unread);
    int read = channel.read(ByteBuffer.wrap(buffer, to, room));
    if (read < 0) {
      unread = 0;
      return false;
    }
    to += read;
    unread -= read;
    return true;
  }

  private void makeRoom() {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    } else if (to == buffer.length) {
      // Not full with lines, so full with a part of one: longest is the most that it takes.
      buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, longest + 1L));
    }
  }
}
