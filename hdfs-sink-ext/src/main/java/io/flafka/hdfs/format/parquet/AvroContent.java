package io.flafka.hdfs.format.parquet;

import io.flafka.hdfs.file.FileOutput;
import io.flafka.hdfs.format.EventWriter;
import io.flafka.hdfs.format.avro.EventSchemas;

/** Avro records, whose fields are the columns. */
record AvroContent(EventSchemas schemas) implements Content {
  @Override
  public EventWriter begin(ParquetFiles files, FileOutput output) {
    return new AvroRecordWriter(files, schemas, output);
  }
}
