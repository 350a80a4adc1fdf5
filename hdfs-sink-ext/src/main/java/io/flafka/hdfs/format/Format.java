package io.flafka.hdfs.format;

import io.flafka.config.Settings;
import io.flafka.hdfs.compression.CodecChoice;
import io.flafka.hdfs.file.FileOutput;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.CompressionCodec;

/** The format of files. */
public sealed interface Format permits SequenceFormat, StreamFormat, CompressedFormat {
  /** Begins a file; what the format wants at its beginning is written. */
  EventWriter begin(FileOutput output) throws IOException;

  /** What a file's name ends in, unless the user says something else; with its dot, or empty. */
  default String extension() {
    return "";
  }

  static Format parse(Settings settings, InstantSource clock) {
    FileType type =
        settings.parsed(
            "hdfs.fileType",
            FileType.SEQUENCE_FILE,
            FileType::named,
            "SequenceFile, DataStream or CompressedStream");
    Configuration hadoop = new Configuration();
    Optional<CompressionCodec> codec = CodecChoice.parse(settings, hadoop);
    Records records = Records.parse(settings, clock);
    StreamFormat content = StreamFormat.parse(settings);
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
    COMPRESSED_STREAM;

    static FileType named(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "sequencefile" -> SEQUENCE_FILE;
        case "datastream" -> DATA_STREAM;
        case "compressedstream" -> COMPRESSED_STREAM;
        default -> throw new IllegalArgumentException();
      };
    }
  }
}
