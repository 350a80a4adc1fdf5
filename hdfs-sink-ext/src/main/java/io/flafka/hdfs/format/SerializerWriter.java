package io.flafka.hdfs.format;

import java.io.IOException;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.event.SimpleEvent;
import org.apache.flume.serialization.EventSerializer;

/** Writes through one of Flume's serializers. */
final class SerializerWriter implements EventWriter {
  private final EventSerializer serializer;
  private final boolean needsSimpleEvents;

  /**
   * Wraps a serializer.
   *
   * @param needsSimpleEvents whether it looks into the fields of events by reflection, as Flume's
   *     FlumeEventAvroEventSerializer does
   */
  SerializerWriter(EventSerializer serializer, boolean needsSimpleEvents) {
    this.serializer = serializer;
    this.needsSimpleEvents = needsSimpleEvents;
  }

  @Override
  public void append(Event event) throws IOException {
    boolean copy = needsSimpleEvents && event.getClass() != SimpleEvent.class;
    serializer.write(copy ? EventBuilder.withBody(event.getBody(), event.getHeaders()) : event);
  }

  @Override
  public void flush() throws IOException {
    serializer.flush();
  }

  @Override
  public void finish() throws IOException {
    serializer.flush();
    serializer.beforeClose();
  }
}
