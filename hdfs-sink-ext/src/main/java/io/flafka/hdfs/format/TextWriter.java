package io.flafka.hdfs.format;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.flume.Event;

/** Writes a {@link TextFormat}; holds nothing back. */
final class TextWriter implements EventWriter {
  private final OutputStream output;
  private final boolean newline;

  TextWriter(OutputStream output, boolean newline) {
    this.output = output;
    this.newline = newline;
  }

  @Override
  public void append(Event event) throws IOException {
    byte[] body = event.getBody();
    output.write(body, 0, body.length);
    if (newline) {
      output.write('\n');
    }
  }

  @Override
  public void flush() {}

  @Override
  public void finish() {}
}
