package io.flafka.hdfs.format.parquet;

import java.io.IOException;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.flume.Event;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroSchemaConverter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Takes Avro records in events' bodies apart. */
final class AvroRows implements Rows {
  private final MessageType schema;
  private final AvroWriteSupport<GenericRecord> support;
  private final Map<String, String> metadata;
  private final MessageColumnIO io;
  private final GenericDatumReader<GenericRecord> reader;
  private @Nullable BinaryDecoder decoder;
  private @Nullable GenericRecord record;
  private @Nullable RecordConsumer consumer;

  /**
   * Finds the columns of a schema.
   *
   * @throws IOException if Parquet can't have it
   */
  AvroRows(Schema avro) throws IOException {
    Configuration configuration = new Configuration(false);
    // The structure that the format's specification has; the old one has no nulls in lists.
    configuration.setBoolean(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, false);
    try {
      this.schema = new AvroSchemaConverter(configuration).convert(avro);
      if (schema.getColumns().isEmpty()) {
        throw new IllegalArgumentException("it has no fields");
      }
      this.support = new AvroWriteSupport<>(schema, avro, GenericData.get());
      WriteSupport.WriteContext context = support.init(configuration);
      this.metadata = context.getExtraMetaData();
    } catch (RuntimeException e) {
      throw new IOException(
          "Parquet has no columns for the Avro schema "
              + avro.getFullName()
              + " ("
              + e.getMessage()
              + "): it takes a record with fields, and not one that has itself in it; use"
              + " hdfs.fileType = DataStream with serializer = AVRO for such events, which stay in"
              + " the channel",
          e);
    }
    this.io = new ColumnIOFactory().getColumnIO(schema);
    this.reader = new GenericDatumReader<>(avro);
  }

  @Override
  public MessageType schema() {
    return schema;
  }

  @Override
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public void begin(ColumnWriteStore columns) {
    consumer = io.getRecordWriter(columns);
    support.prepareForWrite(consumer);
  }

  @Override
  public void add(Event event) throws IOException {
    try {
      decoder = DecoderFactory.get().binaryDecoder(event.getBody(), decoder);
      record = reader.read(record, decoder);
    } catch (AvroRuntimeException e) {
      throw new IOException("Avro can't read an event's body, which stays in the channel", e);
    }
    support.write(record);
  }

  @Override
  public void flush() {
    if (consumer != null) {
      consumer.flush();
    }
  }
}
