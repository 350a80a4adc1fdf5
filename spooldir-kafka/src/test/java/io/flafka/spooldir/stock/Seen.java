package io.flafka.spooldir.stock;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flume.Event;

/**
 * An event as a sink would see it.
 *
 * @param headers with {@code DIR} for the folder that the side has for itself
 * @param body a character for each byte
 */
record Seen(String channel, Map<String, String> headers, String body) {
  private static final int SHOWN = 60;

  static Seen of(String channel, Event event, Path folder) {
    Map<String, String> headers = new TreeMap<>();
    event
        .getHeaders()
        .forEach((key, value) -> headers.put(key, value.replace(folder.toString(), "DIR")));
    return new Seen(channel, headers, new String(event.getBody(), ISO_8859_1));
  }

  /** Short enough to be read when two long lists differ. */
  @Override
  public String toString() {
    int length = body.length();
    String shown = length <= SHOWN ? body : body.substring(0, SHOWN) + "..." + length;
    return channel + headers + "'" + shown + "'";
  }
}
