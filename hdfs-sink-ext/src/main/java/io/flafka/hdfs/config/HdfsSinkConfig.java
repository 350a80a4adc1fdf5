package io.flafka.hdfs.config;

import io.flafka.config.Settings;
import io.flafka.delivery.Guarantee;
import io.flafka.hdfs.bucket.Layout;
import io.flafka.hdfs.file.NamePattern;
import io.flafka.hdfs.file.Retries;
import io.flafka.hdfs.file.RollPolicy;
import io.flafka.hdfs.file.Sync;
import io.flafka.hdfs.format.Format;
import io.flafka.hdfs.login.Login;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * The configuration of an {@link HdfsSink}.
 *
 * @param batchSize events in a channel transaction, at most
 * @param callTimeout milliseconds that a caller waits for an HDFS that doesn't answer; 0 for ever
 * @param threads how many files are flushed or closed at a time
 * @param rawLocal whether a local file system does without checksum files
 * @param login who the sink is to the file system
 * @param atomicRename whether the user vouches that the file system renames atomically and never
 *     overwrites, where that isn't known
 * @param registryDir where on the agent's host it is noted which files are in use, at least once
 * @param manifests the directory for what is staged, and for manifests, exactly once
 * @param historyDays how many days manifests are kept
 */
public record HdfsSinkConfig(
    Guarantee guarantee,
    Layout layout,
    NamePattern names,
    RollPolicy roll,
    Format format,
    Sync sync,
    Retries retries,
    int batchSize,
    int maxOpenFiles,
    long callTimeout,
    int threads,
    boolean rawLocal,
    Login login,
    boolean atomicRename,
    Path registryDir,
    String manifests,
    int historyDays) {
  private static final List<String> IN_USE =
      List.of("hdfs.inUsePrefix", "hdfs.inUseSuffix", "hdfs.emptyInUseSuffix");
  private static final List<String> RETRIES = List.of("hdfs.closeTries", "hdfs.retryInterval");
  private static final List<String> EXACTLY_ONCE_ONLY = List.of("hdfs.manifestDir", "hdfs.history");

  /** Beside what other components of Flume keep on the agent's host, unless it is told. */
  private static Path usualRegistry() {
    Path usual = Path.of(System.getProperty("user.home"), ".flume", "flafka");
    return Path.of(System.getProperty("flafka.home", usual.toString())).resolve("in-use");
  }

  /**
   * Reads the configuration.
   *
   * @throws org.apache.flume.conf.ConfigurationException naming all that is wrong with it
   */
  public static HdfsSinkConfig parse(Settings settings, InstantSource clock) {
    Guarantee guarantee = Guarantee.of(settings);
    if (guarantee == Guarantee.EXACTLY_ONCE) {
      IN_USE.forEach(
          key -> settings.withoutEffect(key, "files in use are in hdfs.manifestDir, out of sight"));
      RETRIES.forEach(
          key ->
              settings.withoutEffect(
                  key,
                  "what can't be closed comes again, and what is committed is published first"));
      settings.withoutEffect("hdfs.registryDir", "what is in use is noted in hdfs.manifestDir");
      settings.withoutEffect(
          "hdfs.batchSize", "a transaction spans all that goes into one set of files");
    } else {
      EXACTLY_ONCE_ONLY.forEach(
          key -> settings.withoutEffect(key, "it is for delivery.guarantee = exactly_once"));
    }
    Layout layout = Layout.parse(settings);
    settings.withoutEffect(
        "hdfs.minBlockReplicas",
        "a missing DataNode doesn't end a file, since HDFS makes up for lost replicas by itself");
    settings.withoutEffect("hdfs.rollTimerPoolSize", "files are rolled on the sink's own thread");
    Format format = Format.parse(settings, clock);
    RollPolicy roll = RollPolicy.parse(settings);
    if (guarantee == Guarantee.EXACTLY_ONCE && !roll.endsQuietFiles()) {
      settings.warning(
          "no hdfs.rollInterval and no hdfs.idleTimeout: when no more events come, the last ones"
              + " are neither seen nor committed until their file is full or the sink stops");
    }
    HdfsSinkConfig config =
        new HdfsSinkConfig(
            guarantee,
            layout,
            NamePattern.parse(settings, format.extension()),
            roll,
            format,
            settings.choice("hdfs.sync", Sync.HFLUSH),
            Retries.parse(settings),
            settings.integer("hdfs.batchSize", 100, 1),
            settings.integer("hdfs.maxOpenFiles", 5000, 1),
            settings.number("hdfs.callTimeout", 30_000, 0),
            settings.integer("hdfs.threadsPoolSize", 10, 1),
            settings.flag("hdfs.useRawLocalFileSystem", false),
            Login.parse(settings),
            settings.flag("hdfs.atomicRename", false),
            Path.of(settings.text("hdfs.registryDir", usualRegistry().toString())),
            settings.text("hdfs.manifestDir", layout.premises()),
            settings.integer("hdfs.history", 30, 1));
    checkDurability(settings, config.format());
    return settings.complete(() -> config);
  }

  private static void checkDurability(Settings settings, Format format) {
    if (Guarantee.of(settings) == Guarantee.AT_LEAST_ONCE && !format.readableAfterFlush()) {
      settings.problem(
          "hdfs.fileType",
          "such a file can be read only once it is finished, so it can't be made durable batch by"
              + " batch: it takes "
              + Guarantee.KEY
              + " = exactly_once");
    }
  }
}
