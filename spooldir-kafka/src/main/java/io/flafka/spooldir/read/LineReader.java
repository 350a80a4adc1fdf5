package io.flafka.spooldir.read;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event for each line, or, as stock Flume does, a single one with an empty body for an empty
 * file.
 */
final class LineReader implements EventReader {
  private static final Logger log = LoggerFactory.getLogger(LineReader.class);
  private static final byte[] NOTHING = {};

  private final ReadableByteChannel channel;
  private final Input input;
  private final String stream;
  private final Map<String, String> headers;
  private final LineCutter lines;
  private final int longest;
  private final ReadWatch watch;
  private long overlong;
  private boolean emptyFile;

  /**
   * Starts reading.
   *
   * @param channel stands at the input's offset; is the reader's from now on
   */
  LineReader(ReadableByteChannel channel, Input input, int longest, ReadWatch watch) {
    this.channel = channel;
    this.input = input;
    this.stream = input.stream();
    this.headers = input.headers();
    this.longest = longest;
    this.watch = watch;
    this.lines = new LineCutter(channel, input.offset(), input.size(), longest);
    this.emptyFile = input.size() == 0;
  }

  @Override
  public @Nullable FileEvent next() throws IOException {
    byte[] line = lines.next();
    if (lines.linesInParts() != overlong) {
      overlong = lines.linesInParts();
      report();
    }
    if (line == null) {
      return emptyFile() ? new FileEvent(stream, 0, NOTHING, headers) : null;
    }
    return new FileEvent(stream, lines.offset(), line, headers);
  }

  private boolean emptyFile() {
    boolean first = emptyFile;
    emptyFile = false;
    return first;
  }

  private void report() {
    watch.overlong();
    if (overlong == 1) {
      log.warn(
          "{}: the line that holds byte {} is longer than deserializer.maxLineLength = {} bytes; it"
              + " and its like are made several events each",
          input.file(),
          lines.offset() - 1,
          longest);
    }
  }

  @Override
  public long offset() {
    return lines.offset();
  }

  @Override
  public long consumed() {
    return lines.offset();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
