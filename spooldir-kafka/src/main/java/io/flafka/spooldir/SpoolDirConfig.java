package io.flafka.spooldir;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.config.Settings;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What the user configured, under stock Flume's keys and with its defaults.
 *
 * @param trackerDir where the lock and the trackers are, below {@link #spoolDir} unless absolute
 * @param fileHeaderKey the header for a file's absolute path, if wanted
 * @param basenameHeaderKey the header for a file's name, if wanted
 * @param batchSize the most events of one channel transaction
 * @param maxBackoff the longest wait between two attempts at what fails
 * @param maxLineLength bytes; a longer line becomes several events
 */
record SpoolDirConfig(
    Path spoolDir,
    Path trackerDir,
    boolean recursive,
    NameFilter names,
    ConsumeOrder order,
    Retirement retirement,
    Optional<String> fileHeaderKey,
    Optional<String> basenameHeaderKey,
    int batchSize,
    int maxLineLength,
    Duration pollDelay,
    Duration maxBackoff) {

  /** 1 MiB, less what a record needs beside the line to pass Kafka's own limits of 1 MiB. */
  private static final int DEFAULT_LINE_LENGTH = (1 << 20) - (1 << 10);

  /** So that a line fits a buffer, and positions in it fit an int, with room to spare. */
  private static final int LONGEST_LINE_LENGTH = 1 << 29;

  private enum DeletePolicy {
    NEVER,
    IMMEDIATE
  }

  private enum TrackingPolicy {
    RENAME,
    TRACKER_DIR
  }

  static SpoolDirConfig parse(Settings settings) {
    Path spoolDir =
        Path.of(settings.required("spoolDir", "a directory")).toAbsolutePath().normalize();
    Path trackerDir = spoolDir.resolve(settings.text("trackerDir", ".flumespool")).normalize();
    String suffix = settings.text("fileSuffix", ".COMPLETED");
    NameFilter names =
        new NameFilter(
            suffix,
            pattern(settings, "includePattern", "^.*$"),
            pattern(settings, "ignorePattern", "^$"));
    Retirement retirement = retirement(settings, spoolDir, trackerDir, suffix);
    ConsumeOrder order = settings.choice("consumeOrder", ConsumeOrder.OLDEST);
    boolean recursive = settings.flag("recursiveDirectorySearch", false);
    Optional<String> fileHeaderKey = header(settings, "fileHeader", "file");
    Optional<String> basenameHeaderKey = header(settings, "basenameHeader", "basename");
    int batchSize = settings.integer("batchSize", 100, 1);
    int maxLineLength = maxLineLength(settings);
    Duration pollDelay = Duration.ofMillis(settings.number("pollDelay", 500, 1));
    Duration maxBackoff = Duration.ofMillis(settings.number("maxBackoff", 4000, 1));
    refuseWhatNeedsDecoding(settings);
    return settings.complete(
        () ->
            new SpoolDirConfig(
                spoolDir,
                trackerDir,
                recursive,
                names,
                order,
                retirement,
                fileHeaderKey,
                basenameHeaderKey,
                batchSize,
                maxLineLength,
                pollDelay,
                maxBackoff));
  }

  private static Pattern pattern(Settings settings, String key, String fallback) {
    return settings.parsed(
        key,
        Pattern.compile(fallback),
        value -> {
          try {
            return Pattern.compile(value);
          } catch (PatternSyntaxException e) {
            // Its message spreads over three lines.
            throw new IllegalArgumentException(e.getDescription(), e);
          }
        },
        "a regular expression");
  }

  /** As in stock Flume, the tracking policy is about files that are kept. */
  private static Retirement retirement(
      Settings settings, Path spoolDir, Path trackerDir, String suffix) {
    TrackingPolicy tracking = settings.choice("trackingPolicy", TrackingPolicy.RENAME);
    if (settings.choice("deletePolicy", DeletePolicy.NEVER) == DeletePolicy.IMMEDIATE) {
      return new Deleting();
    }
    return switch (tracking) {
      case RENAME -> new Renaming(suffix);
      case TRACKER_DIR -> new Marking(spoolDir, trackerDir, suffix);
    };
  }

  private static Optional<String> header(Settings settings, String key, String fallback) {
    String name = settings.text(key + "Key", fallback);
    return settings.flag(key, false) ? Optional.of(name) : Optional.empty();
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

  /** What every event of a file has in its headers. */
  Map<String, String> headers(Path file) {
    Map<String, String> headers = new HashMap<>();
    fileHeaderKey.ifPresent(key -> headers.put(key, file.toString()));
    basenameHeaderKey.ifPresent(key -> headers.put(key, file.getFileName().toString()));
    return Map.copyOf(headers);
  }
}
