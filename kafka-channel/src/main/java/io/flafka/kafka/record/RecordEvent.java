package io.flafka.kafka.record;

import io.flafka.delivery.Position;
import io.flafka.delivery.PositionedEvent;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * An event that came in a record. Its position is the record's. What the record adds to its headers
 * is added when somebody asks for them, since many sinks never do. For one thread at a time, as all
 * events.
 *
 * <p>Flume's own serializer {@code AVRO_EVENT} doesn't call the getters: it reads two fields by
 * their names, headers and body.
 */
public final class RecordEvent implements Payload, PositionedEvent {
  private byte[] body;
  private Map<String, String> headers = new Unasked();
  private final @Nullable Map<String, String> brought;
  private @Nullable ConsumerRecord<byte[], Payload> record;
  private @Nullable Origin origin;

  /**
   * @param brought the headers that came in the record's value; null if none did
   */
  RecordEvent(byte[] body, @Nullable Map<String, String> brought) {
    this.body = body;
    this.brought = brought;
  }

  /** The headers until somebody asks for them. */
  private final class Unasked extends AbstractMap<String, String> {
    @Override
    public Set<Map.Entry<String, String>> entrySet() {
      return getHeaders().entrySet();
    }
  }

  /** Says which record the event came in. */
  public RecordEvent from(ConsumerRecord<byte[], Payload> record, Origin origin) {
    this.record = record;
    this.origin = origin;
    return this;
  }

  @Override
  public Map<String, String> getHeaders() {
    if (headers instanceof Unasked) {
      headers = complete();
    }
    return headers;
  }

  private Map<String, String> complete() {
    Map<String, String> all = brought == null ? new HashMap<>() : brought;
    if (record != null && origin != null) {
      origin.mapping().addHeaders(record, all);
    }
    return all;
  }

  @Override
  public void setHeaders(Map<String, String> headers) {
    this.headers = headers == null ? new HashMap<>() : headers;
  }

  @Override
  public byte[] getBody() {
    return body;
  }

  @Override
  public void setBody(byte[] body) {
    this.body = body == null ? new byte[0] : body;
  }

  /** Just past the record, in the stream that its partition is. */
  @Override
  public Position position() {
    if (record == null || origin == null) {
      throw new IllegalStateException("The event has not been given its record");
    }
    return new Position(origin.stream(), record.offset() + 1);
  }

  @Override
  public String toString() {
    return "[Event headers = " + getHeaders() + ", body.length = " + body.length + " ]";
  }
}
