package io.flafka.spooldir.read;

import io.flafka.delivery.Position;
import io.flafka.delivery.PositionedEvent;
import java.util.HashMap;
import java.util.Map;

/**
 * A line, or whatever the format makes an event of. Interceptors may change its body and headers;
 * where it ends in its file stays.
 *
 * <p>Flume's own serializer {@code AVRO_EVENT} doesn't call the getters: it reads two fields by
 * their names, headers and body.
 *
 * <p>For one thread at a time, as every event.
 */
public final class FileEvent implements PositionedEvent {
  private final String stream;
  private final long end;
  private final byte[] line;
  private final Map<String, String> common;
  private byte[] body;
  private Map<String, String> headers;

  /**
   * Makes an event of a line.
   *
   * @param end just past it in its file, as the format counts
   * @param line not copied
   * @param common the headers of every event of this file; never changed
   */
  public FileEvent(String stream, long end, byte[] line, Map<String, String> common) {
    this.stream = stream;
    this.end = end;
    this.line = line;
    this.common = common;
    this.body = line;
    this.headers = common;
  }

  /** The event as it was read, for another attempt: interceptors are not to apply twice. */
  public FileEvent asRead() {
    return new FileEvent(stream, end, line, common);
  }

  @Override
  public Position position() {
    return new Position(stream, end);
  }

  @Override
  public Map<String, String> getHeaders() {
    if (headers == common) {
      headers = new HashMap<>(2 * (common.size() + 2)); // Interceptors add one or two.
      headers.putAll(common);
    }
    return headers;
  }

  @Override
  public void setHeaders(Map<String, String> headers) {
    this.headers = headers;
  }

  @Override
  public byte[] getBody() {
    return body;
  }

  @Override
  public void setBody(byte[] body) {
    this.body = body;
  }

  /** For people, without the body, which may hold what is nobody's business in a log. */
  @Override
  public String toString() {
    return "[event of " + body.length + " bytes, ending at " + end + " in stream " + stream + "]";
  }
}
