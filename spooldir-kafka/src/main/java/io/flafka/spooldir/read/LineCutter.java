package io.flafka.spooldir.read;

import java.io.IOException;
import java.util.Arrays;

/**
 * Cuts content into lines, as bytes: the {@link LineEnd} belongs to its line and is not returned; a
 * carriage return before it is a byte like any other, unless it is stripped. What follows the last
 * line end is a line, too, unless it is nothing.
 *
 * <p>A line longer than the limit is returned in parts of the limit's size, of which the last may
 * be shorter, or without its rest, or not at all.
 *
 * <p>A line is a stretch of {@link #bytes()}, good until the next call of {@link #next}: whoever
 * wants it copies it. For one thread. The content remains the caller's.
 */
final class LineCutter {
  private static final int SMALLEST_BUFFER = 1 << 13;
  private static final int USUAL_BUFFER = 1 << 17;

  private final Content content;
  private final LineEnd lineEnd;
  private final LineLimit limit;
  private final OddLines odd;
  private final int longest;
  private final int window;
  private byte[] buffer;
  private long bufferOffset;
  private int from;
  private int to;

  private byte[] bytes;
  private int start;
  private int length;
  private long startOffset;
  private boolean part;
  private boolean cut;

  /**
   * Starts reading.
   *
   * @param content stands at {@code offset}
   */
  LineCutter(Content content, long offset, LineEnd lineEnd, LineLimit limit, OddLines odd) {
    this.content = content;
    this.bufferOffset = offset;
    this.lineEnd = lineEnd;
    this.limit = limit;
    this.odd = odd;
    int width = lineEnd.width();
    this.longest = limit.longest() - limit.longest() % width;
    this.window = longest + (limit.strip() ? width : 0) + width;
    this.buffer =
        new byte[(int) Math.max(SMALLEST_BUFFER, Math.min(content.sizeHint(), USUAL_BUFFER))];
    this.bytes = buffer;
  }

  /** Goes to the next line; false when there is none. */
  boolean next() throws IOException {
    int seen = 0;
    while (true) {
      int reach = Math.min(to, from + window);
      int newline = lineEnd.find(buffer, from + seen, reach);
      if (newline >= 0) {
        return line(newline - from, lineEnd.width());
      }
      if (reach - from == window) {
        return overlong();
      }
      seen = to - from - (to - from) % lineEnd.width();
      if (!fill()) {
        return from < to && line(to - from, 0);
      }
    }
  }

  /** Where the line is. */
  byte[] bytes() {
    return bytes;
  }

  /** Where in {@link #bytes()} the line begins. */
  int start() {
    return start;
  }

  /** How many bytes the line has. */
  int length() {
    return length;
  }

  /** Where in the content the line begins, or the part of it. */
  long startOffset() {
    return startOffset;
  }

  /** Where in the content the line ends, its line end included, or the part of it. */
  long offset() {
    return bufferOffset + from;
  }

  /** Whether the line goes on behind what is returned, so that a character may be cut. */
  boolean isCut() {
    return cut;
  }

  /** Lets the next part of the line begin earlier; nothing where there is none. */
  void giveBack(int count) {
    if (part) {
      from -= count;
    }
  }

  private boolean line(int whole, int terminator) throws IOException {
    int stripped = whole - carriageReturn(whole);
    if (stripped > longest) {
      return overlong();
    }
    take(stripped, false);
    from += whole + terminator;
    part = false;
    return true;
  }

  private int carriageReturn(int whole) {
    int width = lineEnd.width();
    boolean there =
        limit.strip() && whole >= width && lineEnd.isCarriageReturn(buffer, from + whole - width);
    return there ? width : 0;
  }

  private void take(int count, boolean isCut) {
    bytes = buffer;
    start = from;
    length = count;
    startOffset = offset();
    cut = isCut;
  }

  private boolean overlong() throws IOException {
    if (!part) {
      odd.overlong(offset(), limit);
    }
    take(longest, true);
    from += longest;
    part = limit.overlong() == Overlong.SPLIT;
    if (!part) {
      bytes = Arrays.copyOfRange(bytes, start, start + length);
      start = 0;
      skipRest();
    }
    return true;
  }

  private void skipRest() throws IOException {
    while (true) {
      int newline = lineEnd.find(buffer, from, to);
      if (newline >= 0) {
        from = newline + lineEnd.width();
        return;
      }
      from = to - (to - from) % lineEnd.width();
      if (!fill()) {
        from = to;
        return;
      }
    }
  }

  /** Reads more behind what is there; false at the end. */
  private boolean fill() throws IOException {
    makeRoom();
    int read = content.read(buffer, to, buffer.length - to);
    to += Math.max(0, read);
    return read > 0;
  }

  private void makeRoom() {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      bufferOffset += from;
      to -= from;
      from = 0;
    } else if (to == buffer.length) {
      // Not full with lines, so full with a part of one: the window is the most that it takes.
      buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, window));
    }
  }
}
