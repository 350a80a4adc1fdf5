package io.flafka.bench;

import io.flafka.bench.load.LineShape;
import java.util.List;
import java.util.Map;

/** What there is more and more of where a topic is landed in HDFS. */
enum LandScale {
  /** Partitions of the topic, and as many sinks on one channel, each with a file at a time. */
  SINKS("scale-sinks", "partitions and sinks") {
    @Override
    List<Integer> scales() {
      return List.of(1, 2, 4, 8);
    }

    @Override
    int partitions(int scale) {
      return scale;
    }

    @Override
    int sinks(int scale) {
      return scale;
    }

    @Override
    LineShape shape(int scale) {
      return LandedAs.TEXT.shape();
    }

    @Override
    LandedAs landedAs() {
      return LandedAs.TEXT;
    }

    /** Small enough for the files of all sinks together to be a tenth of the lines at most. */
    @Override
    Map<String, String> rolls(int scale, long events) {
      return Map.of("hdfs.rollSize", String.valueOf(16 << 20));
    }

    @Override
    long part(Contender contender, int scale) {
      return contender == Contender.STOCK ? STOCK_PART : 1;
    }

    @Override
    int idleSeconds() {
      return 2;
    }

    @Override
    String words() {
      return "files of 16 MB";
    }
  },
  /** Directories that take lines at the same time, by the minute of the event. */
  BUCKETS("scale-buckets", "buckets") {
    @Override
    List<Integer> scales() {
      return List.of(1, 10, 100, 1_000);
    }

    @Override
    int partitions(int scale) {
      return Offsets.PARTITIONS;
    }

    @Override
    int sinks(int scale) {
      return 1;
    }

    @Override
    LineShape shape(int scale) {
      return LineShape.minutes(scale);
    }

    @Override
    LandedAs landedAs() {
      return LandedAs.MINUTELY;
    }

    @Override
    Map<String, String> rolls(int scale, long events) {
      return Map.of("hdfs.rollCount", String.valueOf(Math.max(1, events / ROUNDS / scale)));
    }

    /** Of a thousand events each is in another file, and each file is flushed for it. */
    @Override
    long part(Contender contender, int scale) {
      return switch (contender) {
        case STOCK -> STOCK_PART * Math.max(1, scale / 40);
        case AT_LEAST_ONCE -> Math.max(1, scale / 4);
        default -> 1;
      };
    }

    /** The first of a thousand files gets nothing while the others are being opened. */
    @Override
    int idleSeconds() {
      return 30;
    }

    @Override
    String words() {
      return "a file in each bucket for each quarter of the lines";
    }
  };

  /** How often all files are rolled while a run lands all lines. */
  private static final int ROUNDS = 4;

  /** Stock lands one of so many lines, and so takes about as long as the others. */
  private static final long STOCK_PART = 24;

  private final String scenario;
  private final String heading;

  LandScale(String scenario, String heading) {
    this.scenario = scenario;
    this.heading = heading;
  }

  String scenario() {
    return scenario;
  }

  /** What there is more and more of. */
  String heading() {
    return heading;
  }

  /** How much of it there is, beginning with the least. */
  abstract List<Integer> scales();

  abstract int partitions(int scale);

  abstract int sinks(int scale);

  /** How the lines are in the topic. */
  abstract LineShape shape(int scale);

  abstract LandedAs landedAs();

  /** The keys of a sink that say when a file ends. */
  abstract Map<String, String> rolls(int scale, long events);

  /** One of so many lines is enough for a run of some ten seconds. */
  abstract long part(Contender contender, int scale);

  /** Where the last files end when nothing more comes, after how long they do. */
  abstract int idleSeconds();

  /** When files end, for the caption. */
  abstract String words();
}
