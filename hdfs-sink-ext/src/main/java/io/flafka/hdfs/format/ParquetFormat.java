package io.flafka.hdfs.format;

import io.flafka.config.Settings;
import io.flafka.hdfs.file.FileOutput;
import io.flafka.hdfs.format.parquet.ParquetFiles;
import java.io.IOException;

/** Parquet, of web logs or of Avro records. */
public record ParquetFormat(ParquetFiles files) implements Format {
  static ParquetFormat parse(Settings settings) {
    return new ParquetFormat(ParquetFiles.parse(settings));
  }

  @Override
  public String extension() {
    return ".parquet";
  }

  @Override
  public EventWriter begin(FileOutput output) throws IOException {
    return files.begin(output);
  }

  @Override
  public boolean readableAfterFlush() {
    return false;
  }
}
