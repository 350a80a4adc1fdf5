package io.flafka.hdfs.config;

import io.flafka.config.Settings;
import io.flafka.delivery.Guarantee;
import io.flafka.hdfs.bucket.Layout;
import io.flafka.hdfs.file.NamePattern;
import io.flafka.hdfs.file.Retries;
import io.flafka.hdfs.file.RollPolicy;
import io.flafka.hdfs.file.Sync;
import io.flafka.hdfs.format.Format;
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
 * @param registryDir where on the agent's host it is noted which files are in use
 */
public record HdfsSinkConfig(
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
    Path registryDir) {
  private static final List<String> SECURITY =
      List.of("hdfs.kerberosPrincipal", "hdfs.kerberosKeytab", "hdfs.proxyUser");

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
    if (Guarantee.of(settings) == Guarantee.EXACTLY_ONCE) {
      settings.problem(Guarantee.KEY, "exactly_once is not in this version of the sink");
    }
    SECURITY.forEach(key -> settings.refused(key, "not in this version of the sink"));
    settings.withoutEffect(
        "hdfs.minBlockReplicas",
        "a missing DataNode doesn't end a file, since HDFS makes up for lost replicas by itself");
    settings.withoutEffect("hdfs.rollTimerPoolSize", "files are rolled on the sink's own thread");
    HdfsSinkConfig config =
        new HdfsSinkConfig(
            Layout.parse(settings),
            NamePattern.parse(settings),
            RollPolicy.parse(settings),
            Format.parse(settings, clock),
            settings.choice("hdfs.sync", Sync.HFLUSH),
            Retries.parse(settings),
            settings.integer("hdfs.batchSize", 100, 1),
            settings.integer("hdfs.maxOpenFiles", 5000, 1),
            settings.number("hdfs.callTimeout", 30_000, 0),
            settings.integer("hdfs.threadsPoolSize", 10, 1),
            settings.flag("hdfs.useRawLocalFileSystem", false),
            Path.of(settings.text("hdfs.registryDir", usualRegistry().toString())));
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
