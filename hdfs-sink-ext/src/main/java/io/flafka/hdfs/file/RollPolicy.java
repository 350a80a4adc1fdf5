package io.flafka.hdfs.file;

import io.flafka.config.Settings;
import io.flafka.hdfs.cargo.RollReason;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a file is finished, and says why; null if it isn't. A limit of 0 is none.
 *
 * @param interval milliseconds since the file was opened
 * @param bytes as stored in the file, with what the format has yet to store
 * @param events in the file
 * @param idle milliseconds since the last event came
 * @param atBucketEnd whether a file ends when its bucket's period is over
 */
public record RollPolicy(long interval, long bytes, long events, long idle, boolean atBucketEnd) {
  /** Milliseconds without an event after which those of a bucket have come, if its time is over. */
  private static final long STRAGGLERS = 10_000;

  private static final List<String> LIMITS =
      List.of("hdfs.rollInterval", "hdfs.rollSize", "hdfs.rollCount");

  private enum Defaults {
    LARGE,
    STOCK
  }

  /**
   * The limits of stock Flume are a file for each ten events; so, unless asked for, they aren't
   * used.
   */
  public static RollPolicy parse(Settings settings) {
    Defaults defaults = settings.choice("hdfs.rollDefaults", Defaults.LARGE);
    boolean large = defaults == Defaults.LARGE && LIMITS.stream().noneMatch(settings::isSet);
    if (large) {
      settings.warning(
          "no hdfs.rollInterval, rollSize or rollCount is set: files roll at 300 s and 128 MB, not"
              + " at stock Flume's 30 s, 1 KB and 10 events (hdfs.rollDefaults = stock brings those"
              + " back)");
    }
    return new RollPolicy(
        1000 * settings.number("hdfs.rollInterval", large ? 300 : 30, 0),
        settings.number("hdfs.rollSize", large ? 128 << 20 : 1024, 0),
        settings.number("hdfs.rollCount", large ? 0 : 10, 0),
        1000 * settings.number("hdfs.idleTimeout", 0, 0),
        settings.flag("hdfs.rollAtBucketEnd", false));
  }

  /** Why a file with this content takes no more. */
  public @Nullable RollReason full(long bytesWritten, long eventsWritten) {
    if (bytes > 0 && bytesWritten >= bytes) {
      return RollReason.SIZE;
    }
    return events > 0 && eventsWritten >= events ? RollReason.COUNT : null;
  }

  /**
   * Why a file's time is over. A clock that was set back ends it, too: better a small file than one
   * that nobody sees for hours.
   *
   * @param opened when the file was opened, in milliseconds since the epoch, as are the others
   * @param lastWritten when the last event came
   * @param bucketEnd when the bucket's period ends
   */
  public @Nullable RollReason over(long opened, long lastWritten, long bucketEnd, long now) {
    if (interval > 0 && (now - opened >= interval || now < opened)) {
      return RollReason.INTERVAL;
    }
    if (idle > 0 && (now - lastWritten >= idle || now < lastWritten)) {
      return RollReason.IDLE;
    }
    return atBucketEnd && now >= bucketEnd && now - lastWritten >= STRAGGLERS
        ? RollReason.BUCKET_END
        : null;
  }

  /** Whether a file of which no more becomes ends by itself. */
  public boolean endsQuietFiles() {
    return interval > 0 || idle > 0 || atBucketEnd;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "rolling at %s, %s, %s%s%s",
        interval == 0 ? "no time" : interval / 1000 + " s",
        bytes == 0 ? "no size" : bytes + " bytes",
        events == 0 ? "no count" : events + " events",
        idle == 0 ? "" : ", " + idle / 1000 + " s without an event",
        atBucketEnd ? ", the end of a bucket's period" : "");
  }
}
