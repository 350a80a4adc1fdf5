package io.flafka.hdfs.format;

import io.flafka.config.Settings;
import io.flafka.hdfs.bucket.Bucket;
import io.flafka.hdfs.compression.CodecChoice;
import io.flafka.hdfs.compression.ParallelGzip;
import io.flafka.hdfs.file.FileOutput;
import io.flafka.hdfs.format.parquet.ParquetFiles;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.CompressionCodec;

/** The format of files. */
public sealed interface Format
    permits SequenceFormat, StreamFormat, CompressedFormat, AvroFormat, ParquetFormat {
  /** Begins a file; what the format wants at its beginning is written. */
  EventWriter begin(FileOutput output) throws IOException;

  /** What a bucket's files have: this, unless they are for dead letters. */
  default Format of(Bucket bucket) {
    return bucket.letters() ? AvroFormat.LETTERS : this;
  }

  /** What a file's name ends in, unless the user says something else; with its dot, or empty. */
  default String extension() {
    return "";
  }

  /**
   * Whether a file can be read as far as it was flushed, though it was never finished. One that
   * can't is lost when its writer dies, so its events mustn't have been committed by then.
   */
  default boolean readableAfterFlush() {
    return true;
  }

  static Format parse(Settings settings, InstantSource clock) {
    FileType type =
        settings.parsed(
            "hdfs.fileType",
            FileType.SEQUENCE_FILE,
            FileType::named,
            "SequenceFile, DataStream, CompressedStream or Parquet");
    Configuration hadoop = new Configuration();
    Optional<CompressionCodec> codec = CodecChoice.parse(settings, hadoop);
    if (type != FileType.COMPRESSED_STREAM || codec.filter(ParallelGzip::replaces).isEmpty()) {
      settings.withoutEffect(
          ParallelGzip.KEY,
          "it is for hdfs.fileType = CompressedStream with hdfs.codeC = gzip, of a"
              + " zlib.compress.strategy other than RLE and FIXED");
    }
    Records records = Records.parse(settings, clock);
    String serializer = settings.text("serializer", "TEXT");
    if (type == FileType.DATA_STREAM && AvroFormat.isNamed(serializer)) {
      settings.withoutEffect("hdfs.writeFormat", "it is for hdfs.fileType = SequenceFile");
      settings.withoutEffect(CodecChoice.KEY, "Avro has serializer.compressionCodec");
      return AvroFormat.parse(settings, serializer);
    }
    StreamFormat content = StreamFormat.parse(settings);
    if (type == FileType.PARQUET) {
      settings.withoutEffect("serializer", "it is for hdfs.fileType = DataStream");
      settings.withoutEffect("hdfs.writeFormat", "it is for hdfs.fileType = SequenceFile");
      settings.withoutEffect(CodecChoice.KEY, "Parquet has parquet.compression");
      return ParquetFormat.parse(settings);
    }
    ParquetFiles.KEYS.forEach(
        key -> settings.withoutEffect(key, "it is for hdfs.fileType = Parquet"));
    if (type == FileType.SEQUENCE_FILE) {
      settings.withoutEffect(
          "serializer", "it is for hdfs.fileType = DataStream or CompressedStream");
      SequenceFormat sequence = new SequenceFormat(records, codec, hadoop);
      sequence.check(settings);
      return sequence;
    }
    settings.withoutEffect("hdfs.writeFormat", "it is for hdfs.fileType = SequenceFile");
    content.check(settings);
    if (type == FileType.DATA_STREAM) {
      codec.ifPresent(
          any ->
              settings.problem(
                  CodecChoice.KEY,
                  "hdfs.fileType = DataStream isn't compressed; CompressedStream is"));
      return content;
    }
    return CompressedFormat.of(content, codec, settings).map(Format.class::cast).orElse(content);
  }

  /** Stock Flume's names of the kinds of files. */
  enum FileType {
    SEQUENCE_FILE,
    DATA_STREAM,
    COMPRESSED_STREAM,
    PARQUET;

    static FileType named(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "sequencefile" -> SEQUENCE_FILE;
        case "datastream" -> DATA_STREAM;
        case "compressedstream" -> COMPRESSED_STREAM;
        case "parquet" -> PARQUET;
        default -> throw new IllegalArgumentException();
      };
    }
  }
}
