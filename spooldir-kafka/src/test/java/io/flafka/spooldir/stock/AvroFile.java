package io.flafka.spooldir.stock;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/** An Avro container with numbered records. */
final class AvroFile {
  private static final Schema SCHEMA =
      SchemaBuilder.record("Request")
          .namespace("weblogs")
          .fields()
          .requiredInt("number")
          .requiredString("line")
          .optionalString("agent")
          .endRecord();

  private AvroFile() {}

  /**
   * Makes one.
   *
   * @param block records of a block
   */
  static byte[] of(int records, int block) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(SCHEMA))) {
      writer.setCodec(CodecFactory.deflateCodec(1));
      writer.create(SCHEMA, file);
      for (int i = 0; i < records; i++) {
        writer.append(
            new GenericRecordBuilder(SCHEMA).set("number", i).set("line", "line " + i).build());
        if (i % block == block - 1) {
          writer.sync();
        }
      }
    }
    return file.toByteArray();
  }
}
