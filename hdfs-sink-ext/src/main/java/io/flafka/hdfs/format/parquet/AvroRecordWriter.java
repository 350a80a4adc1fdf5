package io.flafka.hdfs.format.parquet;

import io.flafka.hdfs.file.FileOutput;
import io.flafka.hdfs.format.EventWriter;
import io.flafka.hdfs.format.avro.EventSchemas;
import io.flafka.hdfs.format.avro.FileSchema;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;

/** Writes Avro records, of the schema that the first event tells. */
final class AvroRecordWriter implements EventWriter {
  private final ParquetFiles files;
  private final FileSchema schema;
  private final FileOutput output;
  private @Nullable RowGroups rowGroups;

  AvroRecordWriter(ParquetFiles files, EventSchemas schemas, FileOutput output) {
    this.files = files;
    this.schema = new FileSchema(schemas);
    this.output = output;
  }

  @Override
  public void append(Event event) throws IOException {
    Schema of = schema.check(event);
    RowGroups current = rowGroups;
    if (current == null) {
      current = files.open(output, new AvroRows(of));
      rowGroups = current;
    }
    current.append(event);
  }

  @Override
  public void flush() {}

  @Override
  public void finish() throws IOException {
    if (rowGroups != null) {
      rowGroups.finish();
    }
  }

  @Override
  public long pending() {
    return rowGroups == null ? 0 : rowGroups.pending();
  }
}
