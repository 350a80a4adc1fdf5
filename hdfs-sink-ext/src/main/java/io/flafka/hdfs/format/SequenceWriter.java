package io.flafka.hdfs.format;

import io.flafka.hdfs.bucket.EventClock;
import java.io.IOException;
import org.apache.flume.Event;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;

/** Writes the records of a {@link SequenceFormat}. */
final class SequenceWriter implements EventWriter {
  private final SequenceFile.Writer writer;
  private final SequenceFormat.Value kind;
  private final EventClock clock;
  private final LongWritable key = new LongWritable();
  private final Text text = new Text();

  SequenceWriter(SequenceFile.Writer writer, SequenceFormat.Value kind, EventClock clock) {
    this.writer = writer;
    this.kind = kind;
    this.clock = clock;
  }

  @Override
  public void append(Event event) throws IOException {
    long millis = clock.millis(event.getHeaders());
    key.set(millis == EventClock.NEVER ? clock.clock().millis() : millis);
    byte[] body = event.getBody();
    if (kind == SequenceFormat.Value.TEXT) {
      text.set(body);
      writer.append(key, text);
    } else {
      writer.append(key, new BytesWritable(body));
    }
  }

  @Override
  public void flush() throws IOException {
    writer.flush();
  }

  @Override
  public void finish() throws IOException {
    writer.close();
  }
}
