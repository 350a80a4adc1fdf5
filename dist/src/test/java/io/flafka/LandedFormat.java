package io.flafka;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A kind of files that a sink lands, and what has it land them. */
enum LandedFormat {
  TEXT(Content.LINES, "hdfs.fileType = DataStream"),
  GZIP(Content.LINES, "hdfs.fileType = CompressedStream", "hdfs.codeC = gzip"),
  BZIP2(Content.LINES, "hdfs.fileType = CompressedStream", "hdfs.codeC = bzip2"),
  DEFLATE(Content.LINES, "hdfs.fileType = CompressedStream", "hdfs.codeC = deflate"),
  SNAPPY(Content.LINES, "hdfs.fileType = CompressedStream", "hdfs.codeC = snappy"),
  LZ4(Content.LINES, "hdfs.fileType = CompressedStream", "hdfs.codeC = lz4"),
  ZSTD(Content.LINES, "hdfs.fileType = CompressedStream", "hdfs.codeC = zstd"),

  SEQUENCE_TEXT(
      Content.SEQUENCE_OF_TEXTS, "hdfs.fileType = SequenceFile", "hdfs.writeFormat = Text"),
  SEQUENCE_TEXT_GZIP(
      Content.SEQUENCE_OF_TEXTS,
      "hdfs.fileType = SequenceFile",
      "hdfs.writeFormat = Text",
      "hdfs.codeC = gzip"),
  SEQUENCE_WRITABLE(
      Content.SEQUENCE_OF_BYTES, "hdfs.fileType = SequenceFile", "hdfs.writeFormat = Writable"),
  SEQUENCE_WRITABLE_SNAPPY(
      Content.SEQUENCE_OF_BYTES,
      "hdfs.fileType = SequenceFile",
      "hdfs.writeFormat = Writable",
      "hdfs.codeC = snappy"),

  AVRO_EVENT(
      Content.AVRO_EVENTS,
      "hdfs.fileType = DataStream",
      "serializer = AVRO_EVENT",
      "serializer.compressionCodec = snappy"),
  AVRO(
      Content.AVRO_HITS,
      "hdfs.fileType = DataStream",
      "serializer = AVRO",
      "serializer.compressionCodec = bzip2",
      "serializer.schemaURL = " + Hit.SCHEMA_PLACE),
  AVRO_ZSTANDARD(
      Content.AVRO_HITS,
      "hdfs.fileType = DataStream",
      "serializer = AVRO",
      "serializer.compressionCodec = zstandard",
      "serializer.schemaURL = " + Hit.SCHEMA_PLACE),

  PARQUET(Content.PARQUET_WEBLOGS, "hdfs.fileType = Parquet"),
  PARQUET_GZIP(
      Content.PARQUET_WEBLOGS,
      "hdfs.fileType = Parquet",
      "parquet.raw = always",
      "parquet.compression = gzip"),
  PARQUET_AVRO(
      Content.PARQUET_HITS,
      "hdfs.fileType = Parquet",
      "parquet.content = avro",
      "parquet.compression = snappy",
      "parquet.schemaURL = " + Hit.SCHEMA_PLACE);

  private final Content content;

  @SuppressWarnings("ImmutableEnumChecker") // Of List.of.
  private final List<String> settings;

  LandedFormat(Content content, String... settings) {
    this.content = content;
    this.settings = List.of(settings);
  }

  /** What is in a file, however it is compressed. */
  enum Content {
    LINES,
    SEQUENCE_OF_TEXTS,
    SEQUENCE_OF_BYTES,
    AVRO_EVENTS,
    AVRO_HITS,
    PARQUET_WEBLOGS,
    PARQUET_HITS;

    /** Whether events have an Avro record for a body, and not a line. */
    boolean isOfHits() {
      return this == AVRO_HITS || this == PARQUET_HITS;
    }

    boolean isParquet() {
      return this == PARQUET_WEBLOGS || this == PARQUET_HITS;
    }
  }

  Content content() {
    return content;
  }

  /** Keys of a sink, and their values. */
  List<String> settings() {
    return settings;
  }

  static List<LandedFormat> all(Content content) {
    return Arrays.stream(values()).filter(format -> format.content == content).toList();
  }

  /** Its sink, its channel, its consumer group and its folder. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
