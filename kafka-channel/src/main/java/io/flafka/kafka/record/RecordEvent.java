package io.flafka.kafka.record;

import io.flafka.delivery.Position;
import io.flafka.delivery.PositionedEvent;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * An event that came in a record. Its position is the record's. What the record adds to its headers
 * is added when somebody asks for them, since many sinks never do. For one thread at a time, as all
 * events.
 */
public final class RecordEvent implements Payload, PositionedEvent {
  private byte[] body;
  private @Nullable Map<String, String> headers;
  private @Nullable ConsumerRecord<byte[], Payload> record;
  private @Nullable Origin origin;
  private boolean complete;

  /**
   * @param headers those that came in the record's value; null if none did
   */
  RecordEvent(byte[] body, @Nullable Map<String, String> headers) {
    this.body = body;
    this.headers = headers;
  }

  /** Says which record the event came in. */
  public RecordEvent from(ConsumerRecord<byte[], Payload> record, Origin origin) {
    this.record = record;
    this.origin = origin;
    return this;
  }

  @Override
  public Map<String, String> getHeaders() {
    Map<String, String> known = headers;
    if (known == null) {
      known = new HashMap<>();
      headers = known;
    }
    if (!complete && record != null && origin != null) {
      complete = true;
      origin.mapping().addHeaders(record, known);
    }
    return known;
  }

  @Override
  public void setHeaders(Map<String, String> headers) {
    this.headers = headers;
    complete = true;
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
