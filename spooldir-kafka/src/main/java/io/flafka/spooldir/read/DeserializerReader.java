package io.flafka.spooldir.read;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;

/**
 * The events of a deserializer; for a file that has none, a single one with an empty body, as stock
 * Flume does.
 */
final class DeserializerReader implements EventReader {
  private static final byte[] NOTHING = {};

  private final DeserializedEvents events;
  private final Input input;
  private long offset;

  /**
   * Passes over the events before the input's offset.
   *
   * @param events is the reader's from now on, unless this throws
   */
  DeserializerReader(DeserializedEvents events, Input input) throws IOException {
    this.events = events;
    this.input = input;
    this.offset = input.offset();
    while (events.count() < offset && events.next() != null) {}
    boolean justTheMadeUpOne = offset == 1 && events.count() == 0;
    if (events.count() < offset && !justTheMadeUpOne) {
      throw events.broken(
          "it has %d events, of which %d were read".formatted(events.count(), offset));
    }
  }

  @Override
  public @Nullable FileEvent next() throws IOException {
    Event event = events.next();
    if (event != null) {
      offset = events.count();
      return new FileEvent(input.stream(), offset, event.getBody(), headers(event));
    }
    if (offset > 0) {
      return null;
    }
    offset = 1;
    return new FileEvent(input.stream(), offset, NOTHING, input.headers());
  }

  /** As in stock Flume, what is known of the file has the last word. */
  private Map<String, String> headers(Event event) {
    if (event.getHeaders().isEmpty()) {
      return input.headers();
    }
    Map<String, String> headers = new HashMap<>(event.getHeaders());
    headers.putAll(input.headers());
    return headers;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public long consumed() {
    return events.consumed();
  }

  @Override
  public void close() throws IOException {
    events.close();
  }
}
