package io.flafka.hdfs.format;

import io.flafka.config.Settings;
import java.io.OutputStream;

/**
 * The bodies of events: what Flume's serializer {@code TEXT} writes.
 *
 * @param newline whether each is followed by a newline
 */
public record TextFormat(boolean newline) implements StreamFormat {
  @Override
  public EventWriter begin(OutputStream output) {
    return new TextWriter(output, newline);
  }

  @Override
  public void check(Settings settings) {}
}
