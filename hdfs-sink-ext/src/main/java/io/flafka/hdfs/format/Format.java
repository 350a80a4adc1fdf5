package io.flafka.hdfs.format;

import io.flafka.config.Settings;
import io.flafka.hdfs.file.FileOutput;
import io.flafka.hdfs.format.parquet.ParquetFiles;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/** The format of files. */
public sealed interface Format permits SequenceFormat, SerializedFormat, AvroFormat, ParquetFormat {
  /** Begins a file; what the format wants at its beginning is written. */
  EventWriter begin(FileOutput output) throws IOException;

  /**
   * Whether a file can be read as far as it was flushed, though it was never finished. One that
   * can't is lost when its writer dies, so its events mustn't have been committed by then.
   */
  default boolean readableAfterFlush() {
    return true;
  }

  static Format parse(Settings settings, InstantSource clock) {
    settings.refused("hdfs.codeC", "compressed files are not in this version");
    FileType type =
        settings.parsed(
            "hdfs.fileType",
            FileType.SEQUENCE_FILE,
            FileType::named,
            "SequenceFile, DataStream or Parquet");
    SequenceFormat sequence =
        new SequenceFormat(
            settings.parsed(
                "hdfs.writeFormat",
                SequenceFormat.Value.WRITABLE,
                SequenceFormat.Value::named,
                "Writable or Text"),
            clock);
    String serializer = settings.text("serializer", "TEXT");
    Map<String, String> section = settings.section("serializer.");
    if (type == FileType.PARQUET) {
      settings.withoutEffect("serializer", "it is for hdfs.fileType = DataStream");
      settings.withoutEffect("hdfs.writeFormat", "it is for hdfs.fileType = SequenceFile");
      return ParquetFormat.parse(settings);
    }
    ParquetFiles.KEYS.forEach(
        key -> settings.withoutEffect(key, "it is for hdfs.fileType = Parquet"));
    if (type == FileType.SEQUENCE_FILE) {
      settings.withoutEffect("serializer", "it is for hdfs.fileType = DataStream");
      return sequence;
    }
    settings.withoutEffect("hdfs.writeFormat", "it is for hdfs.fileType = SequenceFile");
    if (AvroFormat.isNamed(serializer)) {
      return AvroFormat.parse(settings, serializer);
    }
    SerializedFormat serialized = new SerializedFormat(serializer, section);
    serialized.check(settings);
    return serialized;
  }

  /** Stock Flume's names of the kinds of files. */
  enum FileType {
    SEQUENCE_FILE,
    DATA_STREAM,
    PARQUET;

    static FileType named(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "sequencefile" -> SEQUENCE_FILE;
        case "datastream" -> DATA_STREAM;
        case "parquet" -> PARQUET;
        case "compressedstream" ->
            throw new IllegalArgumentException("CompressedStream is not in this version");
        default -> throw new IllegalArgumentException();
      };
    }
  }
}
