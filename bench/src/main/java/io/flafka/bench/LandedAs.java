package io.flafka.bench;

import io.flafka.bench.load.LineShape;
import io.flafka.bench.load.Tally;
import java.util.Map;
import java.util.TreeMap;

/** What becomes of the lines in HDFS. */
enum LandedAs {
  /** One file at a time, of 128 MB. */
  TEXT,
  /** 24 files at a time, in directories by the hour of the event. */
  HOURLY,
  /** As many files at a time as there are minutes, in directories by the minute of the event. */
  MINUTELY,
  /** 24 files at a time, in directories by the hour of the event, all rolled over and over. */
  ROLLS,
  /** One file at a time, compressed; stock's of 128 MB before that. */
  GZIP,
  /** One file at a time, with a column for each field of the line. */
  PARQUET;

  private static final int ROLL_COUNT = 1_000;

  private static final int MB = 1 << 20;

  /** How the lines are in the topic; by the minute, at its largest. */
  LineShape shape() {
    return switch (this) {
      case TEXT, GZIP, PARQUET -> LineShape.RAW;
      case HOURLY, ROLLS -> LineShape.HOURLY;
      case MINUTELY -> LineShape.minutes(1_000);
    };
  }

  /** How many lines are counted as one. */
  int unit() {
    return this == ROLLS ? ROLL_COUNT : 1;
  }

  /** What can be told of these lines by what is landed of them. */
  Tally visible(Tally lines) {
    return this == PARQUET ? rows(lines.lines()) : lines.withoutStamps();
  }

  /** The same of what is landed. */
  Tally tally(LandedFolder folder) {
    return this == PARQUET ? rows(folder.rows()) : folder.tally();
  }

  private static Tally rows(long rows) {
    return new Tally(rows, 0, 0, 0, 0);
  }

  /** What is after the root in the sink's path. */
  String directories() {
    return switch (this) {
      case TEXT, GZIP, PARQUET -> "";
      case HOURLY, ROLLS -> "/%Y-%m-%d/%H";
      case MINUTELY -> "/%Y-%m-%d/%H%M";
    };
  }

  /** The keys of a contender's sink, which lands in this folder. */
  Map<String, String> sink(Contender contender, LandedFolder folder) {
    Map<String, String> keys = new TreeMap<>();
    keys.put("type", contender == Contender.STOCK ? "hdfs" : "io.flafka.HdfsSink");
    if (contender == Contender.EXACTLY_ONCE) {
      keys.put("delivery.guarantee", "exactly_once");
      // Nothing is committed before its file is finished: the last one is when no more comes.
      keys.put("hdfs.idleTimeout", "2");
    }
    keys(contender).forEach((key, value) -> keys.put("hdfs." + key, value));
    keys.put("hdfs.path", folder.path() + directories());
    keys.put("hdfs.batchSize", "1000");
    keys.put("hdfs.rollInterval", "0");
    return keys;
  }

  /** The keys of a sink, without {@code hdfs.}, but for its path. */
  private Map<String, String> keys(Contender contender) {
    return switch (this) {
      case TEXT -> keys("DataStream", 128 * MB, 0);
      // Whoever says how many minutes there are says when they are rolled.
      case MINUTELY -> keys("DataStream", 0, 0);
      // Large enough for stock never to roll while it is watched.
      case HOURLY -> keys("DataStream", 8 * MB, 0);
      case ROLLS -> keys("DataStream", 0, ROLL_COUNT);
      case GZIP -> {
        // Stock counts the bytes before they are compressed.
        int size = contender == Contender.STOCK ? 128 * MB : 8 * MB;
        Map<String, String> keys = keys("CompressedStream", size, 0);
        keys.put("codeC", "gzip");
        yield keys;
      }
      case PARQUET -> keys("Parquet", 8 * MB, 0);
    };
  }

  private static Map<String, String> keys(String fileType, int rollSize, int rollCount) {
    Map<String, String> keys = new TreeMap<>();
    keys.put("fileType", fileType);
    keys.put("writeFormat", "Text");
    keys.put("rollSize", String.valueOf(rollSize));
    keys.put("rollCount", String.valueOf(rollCount));
    return keys;
  }
}
