package io.flafka.spooldir;

import io.flafka.config.Settings;
import io.flafka.spooldir.read.Input;
import io.flafka.spooldir.read.InputFormat;
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
 * @param format how files become events
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
    InputFormat format,
    Duration pollDelay,
    Duration maxBackoff) {

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
    InputFormat format = InputFormat.parse(settings);
    Duration pollDelay = Duration.ofMillis(settings.number("pollDelay", 500, 1));
    Duration maxBackoff = Duration.ofMillis(settings.number("maxBackoff", 4000, 1));
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
                format,
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

  /** What is left to read of a file. */
  Input input(Tracker tracker) {
    return new Input(
        tracker.file(),
        tracker.identity().size(),
        tracker.stream(),
        tracker.offset(),
        headers(tracker.file()));
  }

  /** What every event of a file has in its headers. */
  Map<String, String> headers(Path file) {
    Map<String, String> headers = new HashMap<>();
    fileHeaderKey.ifPresent(key -> headers.put(key, file.toString()));
    basenameHeaderKey.ifPresent(key -> headers.put(key, file.getFileName().toString()));
    return Map.copyOf(headers);
  }
}
