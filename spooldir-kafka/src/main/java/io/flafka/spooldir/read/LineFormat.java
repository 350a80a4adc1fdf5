package io.flafka.spooldir.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.config.Settings;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;

/**
 * One event for each line.
 *
 * @param longest bytes; a longer line becomes several events
 */
record LineFormat(int longest) implements InputFormat {
  /** 1 MiB, less what a record needs beside the line to pass Kafka's own limits of 1 MiB. */
  private static final int DEFAULT_LINE_LENGTH = (1 << 20) - (1 << 10);

  /** So that a line fits a buffer, and positions in it fit an int, with room to spare. */
  private static final int LONGEST_LINE_LENGTH = 1 << 29;

  static LineFormat parse(Settings settings) {
    refuseWhatNeedsDecoding(settings);
    return new LineFormat(maxLineLength(settings));
  }

  private static int maxLineLength(Settings settings) {
    String key = "deserializer.maxLineLength";
    settings.renamed("bufferMaxLineLength", key);
    settings.withoutEffect(
        "bufferMaxLines", "nor has it in stock Flume; a line is read as a whole");
    int length = settings.integer(key, DEFAULT_LINE_LENGTH, 1);
    if (length > LONGEST_LINE_LENGTH) {
      settings.problem(key, "it takes at most " + LONGEST_LINE_LENGTH + " bytes");
    }
    return length;
  }

  private static void refuseWhatNeedsDecoding(Settings settings) {
    String deserializer = settings.text("deserializer", "LINE");
    if (!deserializer.equalsIgnoreCase("LINE")
        && !deserializer.equals("org.apache.flume.serialization.LineDeserializer$Builder")) {
      settings.problem(
          "deserializer",
          "this version reads lines only (LINE); keep type = spooldir, stock Flume's source, for"
              + " files that need another deserializer");
    }
    utf8(settings, "inputCharset");
    utf8(settings, "deserializer.outputCharset");
    settings.withoutEffect(
        "decodeErrorPolicy",
        "lines are not decoded: their bytes pass through unchanged, malformed or not");
  }

  private static void utf8(Settings settings, String key) {
    Charset charset = settings.parsed(key, UTF_8, Charset::forName, "UTF-8, or no value at all");
    if (charset.equals(UTF_8)) {
      settings.withoutEffect(key, "lines are not decoded: their bytes pass through unchanged");
    } else {
      settings.problem(
          key,
          "this version passes the bytes of a line through unchanged and converts from no charset"
              + " to another; keep type = spooldir, stock Flume's source, for files that need it");
    }
  }

  @Override
  public String name() {
    return "LINE";
  }

  @Override
  public EventReader open(Input input, ReadWatch watch) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(input.file());
    channel.position(input.offset());
    return new LineReader(channel, input, longest, watch);
  }
}
