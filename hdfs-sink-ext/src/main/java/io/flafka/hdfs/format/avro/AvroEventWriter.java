package io.flafka.hdfs.format.avro;

import io.flafka.hdfs.file.FileOutput;
import io.flafka.hdfs.format.EventWriter;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;
import org.apache.flume.Event;

/** Writes a container of events, with headers and all, as stock Flume's AVRO_EVENT does. */
public final class AvroEventWriter implements EventWriter {
  /** Stock Flume's. */
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              "{\"type\": \"record\", \"name\": \"Event\", \"fields\": [{\"name\": \"headers\","
                  + " \"type\": {\"type\": \"map\", \"values\": \"string\"}},{\"name\": \"body\","
                  + " \"type\": \"bytes\"}]}");

  private final DataFileWriter<Event> file;
  private final LastBlock block;

  /** Begins a container. */
  public AvroEventWriter(AvroContainer container, FileOutput output) throws IOException {
    file = container.begin(SCHEMA, new Datums(), output);
    block = new LastBlock(output);
  }

  @Override
  public void append(Event event) throws IOException {
    file.append(event);
    block.add(event.getBody().length + 64L * event.getHeaders().size());
  }

  /** Ends the block: what is in the file then can be read to its end. */
  @Override
  public void flush() throws IOException {
    file.flush();
    block.clear();
  }

  @Override
  public void finish() throws IOException {
    flush();
  }

  @Override
  public long pending() {
    return block.pending();
  }

  private static final class Datums implements DatumWriter<Event> {
    @Override
    public void setSchema(Schema schema) {}

    @Override
    public void write(Event event, Encoder out) throws IOException {
      Map<String, String> headers = event.getHeaders();
      out.writeMapStart();
      out.setItemCount(headers.size());
      for (Map.Entry<String, String> header : headers.entrySet()) {
        out.startItem();
        out.writeString(header.getKey());
        // Flume's maps may have nulls in them, the schema has none.
        out.writeString(header.getValue() == null ? "" : header.getValue());
      }
      out.writeMapEnd();
      byte[] body = event.getBody();
      out.writeBytes(body, 0, body.length);
    }
  }
}
