package io.flafka.hdfs.format;

import io.flafka.hdfs.compression.CompressedOutput;
import java.io.IOException;
import org.apache.flume.Event;

/** Writes a {@link CompressedFormat}. */
final class CompressedWriter implements EventWriter {
  private final EventWriter content;
  private final CompressedOutput output;

  CompressedWriter(EventWriter content, CompressedOutput output) {
    this.content = content;
    this.output = output;
  }

  @Override
  public void append(Event event) throws IOException {
    content.append(event);
  }

  @Override
  public void flush() throws IOException {
    content.flush();
    output.endMember();
  }

  @Override
  public void finish() throws IOException {
    content.finish();
    output.finish();
  }

  @Override
  public long pending() {
    return output.pending();
  }
}
