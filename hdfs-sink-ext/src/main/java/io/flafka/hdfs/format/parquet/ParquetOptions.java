package io.flafka.hdfs.format.parquet;

import io.flafka.config.Settings;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * How Parquet files are written.
 *
 * @param level of zstd, 1 (fast) to 22 (small)
 * @param rowGroupSize bytes, as stored
 * @param pageSize bytes in a column's page, before compression
 * @param dictionary whether columns whose values repeat get dictionaries
 * @param memory bytes for the row groups of all open files
 */
public record ParquetOptions(
    Compression compression,
    int level,
    long rowGroupSize,
    int pageSize,
    boolean dictionary,
    long memory) {
  private static final int BEST = 22;
  private static final long LEAST = 1 << 20;

  /** Its keys. */
  public static final List<String> KEYS =
      List.of(
          "parquet.compression",
          "parquet.compressionLevel",
          "parquet.rowGroupSize",
          "parquet.pageSize",
          "parquet.dictionary",
          "parquet.memory");

  /** What pages are compressed with. */
  public enum Compression {
    ZSTD,
    SNAPPY,
    GZIP,
    NONE;

    CompressionCodecName codec() {
      return this == NONE
          ? CompressionCodecName.UNCOMPRESSED
          : CompressionCodecName.valueOf(name().toUpperCase(Locale.ROOT));
    }
  }

  /** Reads them. */
  public static ParquetOptions parse(Settings settings) {
    Compression compression = settings.choice("parquet.compression", Compression.ZSTD);
    if (compression != Compression.ZSTD) {
      settings.withoutEffect("parquet.compressionLevel", "it is for parquet.compression = zstd");
    }
    int level = settings.integer("parquet.compressionLevel", 3, 1);
    if (level > BEST) {
      settings.problem("parquet.compressionLevel", "it takes 1 to " + BEST);
    }
    return new ParquetOptions(
        compression,
        level,
        settings.number("parquet.rowGroupSize", 128 << 20, LEAST),
        settings.integer("parquet.pageSize", 1 << 20, 1 << 10),
        settings.flag("parquet.dictionary", true),
        settings.number("parquet.memory", usualMemory(), LEAST));
  }

  /** A quarter of the heap. */
  private static long usualMemory() {
    return Math.max(LEAST, Runtime.getRuntime().maxMemory() / 4);
  }
}
