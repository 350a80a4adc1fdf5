package io.flafka.spooldir.read;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event for each line, or, as stock Flume does, a single one with an empty body for a file
 * without any.
 */
final class LineReader implements EventReader {
  private static final byte[] NOTHING = {};

  private final Content content;
  private final String stream;
  private final Map<String, String> headers;
  private final LineCutter lines;
  private final LineText text;
  private final long size;
  private boolean noneYet;
  private long offset;

  /**
   * Starts reading.
   *
   * @param content is the reader's from now on
   * @param lines of the content
   */
  LineReader(Content content, Input input, LineCutter lines, LineText text) {
    this.content = content;
    this.stream = input.stream();
    this.headers = input.headers();
    this.size = input.size();
    this.lines = lines;
    this.text = text;
    this.noneYet = input.offset() == 0;
    this.offset = lines.offset();
  }

  @Override
  public @Nullable FileEvent next() throws IOException {
    if (!lines.next()) {
      return isOfEmptyFile() ? new FileEvent(stream, offset, NOTHING, headers) : null;
    }
    noneYet = false;
    byte[] body = text.body(lines);
    // Only now: of a line that is refused nothing was given, though the cutter is behind it.
    offset = lines.offset();
    return new FileEvent(stream, offset, body, headers);
  }

  /** Not of a file that has become empty since it was picked up: that one is no file to deliver. */
  private boolean isOfEmptyFile() {
    boolean empty = noneYet && consumed() == size;
    noneYet = false;
    return empty;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public long consumed() {
    return content.consumed(offset);
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
