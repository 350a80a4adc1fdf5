package io.flafka.hdfs.format.avro;

import io.flafka.hdfs.file.FileOutput;
import io.flafka.hdfs.format.EventWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;

/**
 * Writes a container of what events have in their bodies: Avro datums, whose bytes are taken as
 * they are.
 *
 * <p>Each is looked through first: one that isn't of the schema would make everything behind it
 * unreadable.
 */
public final class AvroDatumWriter implements EventWriter {
  private final AvroContainer container;
  private final FileOutput output;
  private final FileSchema schema;
  private final LastBlock block;
  private @Nullable DataFileWriter<Object> file;

  /** Begins a container; its header is written when the first event tells the schema. */
  public AvroDatumWriter(AvroContainer container, EventSchemas schemas, FileOutput output) {
    this.container = container;
    this.schema = new FileSchema(schemas);
    this.output = output;
    this.block = new LastBlock(output);
  }

  @Override
  public void append(Event event) throws IOException {
    Schema of = schema.check(event);
    DataFileWriter<Object> file = this.file;
    if (file == null) {
      file = container.begin(of, new GenericDatumWriter<>(of), output);
      this.file = file;
      block.begin();
    }
    file.appendEncoded(ByteBuffer.wrap(event.getBody()));
    block.add(event.getBody().length);
  }

  /** Ends the block: what is in the file then can be read to its end. */
  @Override
  public void flush() throws IOException {
    if (file != null) {
      file.flush();
      block.clear();
    }
  }

  @Override
  public void finish() throws IOException {
    flush();
  }

  @Override
  public long pending() {
    return block.pending();
  }
}
