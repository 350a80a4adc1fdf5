package io.flafka.spooldir;

import io.flafka.config.Settings;
import io.flafka.delivery.BatchLimits;
import io.flafka.spooldir.find.ConsumeOrder;
import io.flafka.spooldir.find.NameFilter;
import io.flafka.spooldir.find.Readiness;
import io.flafka.spooldir.find.Search;
import io.flafka.spooldir.read.Input;
import io.flafka.spooldir.read.InputFormat;
import io.flafka.spooldir.retire.Archiving;
import io.flafka.spooldir.retire.Deleting;
import io.flafka.spooldir.retire.Marking;
import io.flafka.spooldir.retire.Quarantine;
import io.flafka.spooldir.retire.Renaming;
import io.flafka.spooldir.retire.Retirement;
import io.flafka.spooldir.track.Tracker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.flume.Channel;
import org.apache.flume.conf.TransactionCapacitySupported;

/**
 * What the user configured, under stock Flume's keys and with its defaults.
 *
 * @param search which files are input
 * @param trackerDir where the lock and the trackers are
 * @param format how files become events
 * @param quarantine where files go that can't be delivered
 * @param keepsRefused whether events that a channel refuses go there, too
 * @param fileHeaderKey the header for a file's absolute path, if wanted
 * @param basenameHeaderKey the header for a file's name, if wanted
 * @param batchSize the most events of one channel transaction, if anything was said
 * @param readers how many files are read at the same time
 * @param maxBackoff the longest wait between two attempts at what fails
 */
record SpoolDirConfig(
    Search search,
    Path trackerDir,
    InputFormat format,
    Retirement retirement,
    Quarantine quarantine,
    boolean keepsRefused,
    Optional<String> fileHeaderKey,
    Optional<String> basenameHeaderKey,
    OptionalInt batchSize,
    int readers,
    Duration maxBackoff) {

  /** Where files go that can't be delivered, if nothing is said: below the trackers' directory. */
  static final String QUARANTINE = "quarantine";

  /** What stock Flume takes if nothing is said: every channel has room for it. */
  static final int BATCH = 100;

  private enum DeletePolicy {
    NEVER,
    IMMEDIATE
  }

  private enum TrackingPolicy {
    RENAME,
    TRACKER_DIR,
    ARCHIVE
  }

  private enum Refused {
    QUARANTINE,
    RETRY
  }

  static SpoolDirConfig parse(Settings settings) {
    Path spoolDir =
        Path.of(settings.required("spoolDir", "a directory")).toAbsolutePath().normalize();
    Path trackerDir = below(spoolDir, settings.text("trackerDir", ".flumespool"));
    Path quarantineDir =
        settings
            .text("quarantineDir")
            .map(directory -> below(spoolDir, directory))
            .orElse(trackerDir.resolve(QUARANTINE));
    String suffix = settings.text("fileSuffix", ".COMPLETED");
    Optional<Path> archiveDir =
        settings.text("archiveDir").map(directory -> below(spoolDir, directory));
    Retirement retirement = retirement(settings, spoolDir, trackerDir, suffix, archiveDir);
    Set<Path> without = new HashSet<>(List.of(trackerDir, quarantineDir));
    archiveDir.ifPresent(without::add);
    Search search = search(settings, spoolDir, without, suffix);
    requireElsewhere(settings, search, quarantineDir, archiveDir);
    InputFormat format = InputFormat.parse(settings);
    boolean keepsRefused = settings.choice("refused", Refused.QUARANTINE) == Refused.QUARANTINE;
    Optional<String> fileHeaderKey = header(settings, "fileHeader", "file");
    Optional<String> basenameHeaderKey = header(settings, "basenameHeader", "basename");
    int batchSize = settings.integer("batchSize", BATCH, 1);
    OptionalInt chosen =
        settings.isSet("batchSize") ? OptionalInt.of(batchSize) : OptionalInt.empty();
    int readers = settings.integer("readers", 1, 1);
    Duration maxBackoff = Duration.ofMillis(settings.number("maxBackoff", 4000, 1));
    return settings.complete(
        () ->
            new SpoolDirConfig(
                search,
                trackerDir,
                format,
                retirement,
                new Quarantine(spoolDir, quarantineDir, InstantSource.system()),
                keepsRefused,
                fileHeaderKey,
                basenameHeaderKey,
                chosen,
                readers,
                maxBackoff));
  }

  private static Path below(Path spoolDir, String directory) {
    return spoolDir.resolve(directory).normalize();
  }

  /** Else what is put aside is found, read and put aside again, for ever. */
  private static void requireElsewhere(
      Settings settings, Search search, Path quarantineDir, Optional<Path> archiveDir) {
    String why = "what goes there would be read again: name another directory";
    if (quarantineDir.equals(search.spoolDir())) {
      settings.problem("quarantineDir", why);
    }
    if (search.recursive()
        && archiveDir.isPresent()
        && archiveDir.get().equals(search.spoolDir())) {
      settings.problem("archiveDir", why);
    }
  }

  private static Search search(
      Settings settings, Path spoolDir, Set<Path> without, String fileSuffix) {
    NameFilter names =
        new NameFilter(
            fileSuffix,
            pattern(settings, "includePattern", "^.*$"),
            pattern(settings, "ignorePattern", "^$"));
    Duration pollDelay = Duration.ofMillis(settings.number("pollDelay", 500, 1));
    Readiness readiness = readiness(settings, pollDelay, fileSuffix);
    return new Search(
        spoolDir,
        without,
        settings.flag("recursiveDirectorySearch", false),
        names,
        readiness,
        settings.choice("consumeOrder", ConsumeOrder.OLDEST),
        pollDelay);
  }

  /** Where nothing is said, what looks as if it were still being written gets a little time. */
  private static Readiness readiness(Settings settings, Duration pollDelay, String fileSuffix) {
    Duration minAge = Duration.ofMillis(settings.number("minAge", 0, 0));
    Optional<String> doneSuffix = settings.text("doneSuffix");
    if (doneSuffix.equals(Optional.of(fileSuffix))) {
      settings.problem("doneSuffix", "it says that a file is delivered, as fileSuffix");
    }
    boolean isTold = settings.isSet("minAge") || doneSuffix.isPresent();
    return new Readiness(minAge, isTold ? Duration.ZERO : pollDelay, doneSuffix);
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
      Settings settings, Path spoolDir, Path trackerDir, String suffix, Optional<Path> archiveDir) {
    TrackingPolicy tracking = settings.choice("trackingPolicy", TrackingPolicy.RENAME);
    if ((tracking == TrackingPolicy.ARCHIVE) != archiveDir.isPresent()) {
      settings.problem(
          "archiveDir", "it goes with trackingPolicy = archive: set both of them, or none");
    }
    if (settings.choice("deletePolicy", DeletePolicy.NEVER) == DeletePolicy.IMMEDIATE) {
      if (tracking == TrackingPolicy.ARCHIVE) {
        settings.problem("deletePolicy", "trackingPolicy = archive keeps files: set one of them");
      }
      return new Deleting();
    }
    return switch (tracking) {
      case RENAME -> new Renaming(suffix);
      case TRACKER_DIR -> new Marking(spoolDir, trackerDir, suffix);
      case ARCHIVE ->
          new Archiving(spoolDir, archiveDir.orElse(trackerDir), ZoneId.systemDefault());
    };
  }

  private static Optional<String> header(Settings settings, String key, String fallback) {
    String name = settings.text(key + "Key", fallback);
    return settings.flag(key, false) ? Optional.of(name) : Optional.empty();
  }

  /**
   * How large batches are: as configured, else as in stock Flume for channels that limit their
   * transactions, else large.
   */
  BatchLimits limits(List<Channel> channels) {
    if (batchSize.isPresent()) {
      return BatchLimits.of(batchSize.getAsInt());
    }
    boolean limited = channels.stream().anyMatch(TransactionCapacitySupported.class::isInstance);
    return limited ? BatchLimits.of(BATCH) : BatchLimits.LARGE;
  }

  /** Where events go that a channel refuses; empty if they are tried again. */
  Optional<Quarantine> refused() {
    return keepsRefused ? Optional.of(quarantine) : Optional.empty();
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
