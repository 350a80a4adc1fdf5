package io.flafka.spooldir.read;

import io.flafka.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * One event for each line. Offsets count bytes of the file, or of what it decompresses to.
 *
 * @param decoding nothing if the bytes of a line pass through unchanged
 */
record LineFormat(LineLimit limit, Optional<Decoding> decoding, Decompress decompress)
    implements InputFormat {
  private static final String PLAIN = "LINE";
  private static final String DECOMPRESSED = "LINE/decompressed";

  /** 1 MiB, less what a record needs beside the line to pass Kafka's own limits of 1 MiB. */
  private static final int DEFAULT_LINE_LENGTH = (1 << 20) - (1 << 10);

  /** So that a line fits a buffer, and positions in it fit an int, with room to spare. */
  private static final int LONGEST_LINE_LENGTH = 1 << 29;

  /** So that a part of a line holds a character, whatever the charset. */
  private static final int LONGEST_CHARACTER = 8;

  static LineFormat parse(Settings settings) {
    Optional<Decoding> decoding = Decoding.parse(settings);
    LineLimit limit =
        new LineLimit(
            maxLineLength(settings, decoding.isPresent()),
            settings.choice("overlong", Overlong.SPLIT),
            settings.flag("stripCarriageReturn", false));
    return new LineFormat(limit, decoding, settings.choice("decompress", Decompress.AUTO));
  }

  private static int maxLineLength(Settings settings, boolean decoded) {
    String key = "deserializer.maxLineLength";
    settings.renamed("bufferMaxLineLength", key);
    settings.withoutEffect(
        "bufferMaxLines", "nor has it in stock Flume; a line is read as a whole");
    int length = settings.integer(key, DEFAULT_LINE_LENGTH, 1);
    if (length > LONGEST_LINE_LENGTH) {
      settings.problem(key, "it takes at most " + LONGEST_LINE_LENGTH + " bytes");
    }
    if (decoded && length < LONGEST_CHARACTER) {
      settings.problem(
          key, "it takes at least " + LONGEST_CHARACTER + " bytes where lines are decoded");
    }
    return length;
  }

  @Override
  public String name(Path file) {
    return decompress.applies(file) ? DECOMPRESSED : PLAIN;
  }

  /** Stock Flume reads a compressed file as if it were text: nothing that it did there helps. */
  @Override
  public long offsetAt(Path file, long stockBytes) {
    return decompress.applies(file) ? 0 : stockBytes;
  }

  @Override
  public EventReader open(Input input, ReadWatch watch) throws IOException {
    OddLines odd = new OddLines(input.file(), watch);
    if (decoding.isEmpty()) {
      return open(input, 0, LineEnd.ASCII, LineText.VERBATIM, odd);
    }
    Decoding configured = decoding.get();
    ByteOrderMark mark = mark(input, configured);
    Decoding found = configured.from(mark.charset());
    return open(input, mark.length(), found.lineEnd(), new Transcoder(found, odd), odd);
  }

  /** Wherever reading goes on, it begins with the file's first bytes. */
  private ByteOrderMark mark(Input input, Decoding configured) throws IOException {
    if (!ByteOrderMark.mayMark(configured.input())) {
      return new ByteOrderMark(configured.input(), 0);
    }
    try (Content content = decompress.open(input.file(), input.size())) {
      byte[] head = new byte[ByteOrderMark.LONGEST];
      int length = 0;
      int read;
      do {
        read = content.read(head, length, head.length - length);
        length += Math.max(0, read);
      } while (read > 0 && length < head.length);
      return ByteOrderMark.find(configured.input(), Arrays.copyOf(head, length));
    }
  }

  /** Whoever read it in another charset stopped where a line ends there, which may be half-way. */
  private void requireWhole(Input input, long offset, int width) throws MalformedFileException {
    boolean isAtEnd = input.offset() >= input.size() || decompress.applies(input.file());
    if (!isAtEnd && offset % width != 0) {
      throw new MalformedFileException(
          ("%s: byte %d, up to which it was read before, is inside a character of the configured"
                  + " inputCharset: its reading began with another one")
              .formatted(input.file(), input.offset()));
    }
  }

  private EventReader open(Input input, long begin, LineEnd lineEnd, LineText text, OddLines odd)
      throws IOException {
    Content content = decompress.open(input.file(), input.size());
    try {
      long offset = Math.max(begin, input.offset());
      requireWhole(input, offset - begin, lineEnd.width());
      content.skipTo(offset);
      LineCutter lines = new LineCutter(content, offset, lineEnd, limit, odd);
      return new LineReader(content, input, lines, text);
    } catch (IOException | RuntimeException e) {
      content.close();
      throw e;
    }
  }
}
