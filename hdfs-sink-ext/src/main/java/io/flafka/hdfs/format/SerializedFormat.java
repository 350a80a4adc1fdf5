package io.flafka.hdfs.format;

import io.flafka.config.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.serialization.EventSerializer;
import org.apache.flume.serialization.EventSerializerFactory;
import org.apache.flume.serialization.FlumeEventAvroEventSerializer;

/**
 * Whatever a serializer of Flume's, or of the user's, makes of events.
 *
 * @param type HEADER_AND_TEXT, or the name of a builder's class
 * @param keys what stands behind {@code serializer.}
 */
public record SerializedFormat(String type, Map<String, String> keys) implements StreamFormat {
  /** It looks into the fields of events by reflection. */
  private static final String REFLECTIVE = FlumeEventAvroEventSerializer.Builder.class.getName();

  @Override
  public EventWriter begin(OutputStream output) throws IOException {
    EventSerializer serializer = build(output);
    serializer.afterCreate();
    return new SerializerWriter(serializer, isReflective());
  }

  private boolean isReflective() {
    return type.equals(REFLECTIVE) || type.equalsIgnoreCase("AVRO_EVENT");
  }

  /** Builds one for nothing, since a wrong name shows only then. */
  @Override
  public void check(Settings settings) {
    try {
      build(OutputStream.nullOutputStream());
    } catch (RuntimeException | LinkageError e) {
      settings.problem(
          settings.isSet("serializer") ? "serializer" : "hdfs.fileType",
          "the serializer " + type + " can't be built (" + e + ")");
    }
  }

  private EventSerializer build(OutputStream output) {
    return EventSerializerFactory.getInstance(type, new Context(keys), output);
  }
}
