package io.flafka.hdfs.format.avro;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;

/** The one schema that a file has: the first event's. For one thread. */
public final class FileSchema {
  private final EventSchemas schemas;
  private @Nullable Schema schema;

  public FileSchema(EventSchemas schemas) {
    this.schemas = schemas;
  }

  /**
   * Makes sure that an event's body is a datum of the file's schema, which the first event tells.
   *
   * @return the schema
   * @throws IOException if it isn't, or has another schema
   */
  public Schema check(Event event) throws IOException {
    Schema of = schemas.of(event);
    Schema first = schema;
    if (first == null) {
      schema = of;
    } else if (!of.equals(first)) {
      throw new IOException(
          "an event has the Avro schema "
              + name(of)
              + " and the file it belongs to has "
              + name(first)
              + ": a file has one schema, so let hdfs.path or hdfs.filePrefix name a header that"
              + " tells them apart; the event stays in the channel");
    }
    try {
      Datum.check(of, event.getBody());
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "an event's body of "
              + event.getBody().length
              + " bytes is no Avro datum of the schema "
              + name(of)
              + " ("
              + e.getMessage()
              + "); the event stays in the channel: give it its own schema in the header "
              + EventSchemas.LITERAL
              + " or "
              + EventSchemas.URL
              + ", or keep such events from this sink with a selector",
          e);
    }
    return of;
  }

  private static String name(Schema schema) {
    return schema.getFullName()
        + " (fingerprint "
        + Long.toHexString(org.apache.avro.SchemaNormalization.parsingFingerprint64(schema))
        + ")";
  }
}
