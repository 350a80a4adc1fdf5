package io.flafka.hdfs.format;

import io.flafka.hdfs.bucket.EventClock;
import java.io.IOException;
import java.time.InstantSource;
import org.apache.flume.Event;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;

/**
 * The timestamp of each event, and its body.
 *
 * @param clock for events without a timestamp that is a number
 */
public record TimedRecords(Value value, InstantSource clock) implements Records {
  /** What a body is in the file. */
  public enum Value {
    /** {@link BytesWritable}. */
    WRITABLE(BytesWritable.class),
    /** {@link Text}. */
    TEXT(Text.class);

    private final Class<?> type;

    Value(Class<?> type) {
      this.type = type;
    }
  }

  @Override
  public Maker begin() {
    return new TimedMaker();
  }

  private final class TimedMaker implements Maker {
    private final EventClock times = new EventClock(false, clock);
    private final LongWritable key = new LongWritable();
    private final Text text = new Text();

    @Override
    public Class<?> keyClass() {
      return LongWritable.class;
    }

    @Override
    public Class<?> valueClass() {
      return value.type;
    }

    @Override
    public void append(Event event, SequenceFile.Writer writer) throws IOException {
      long millis = times.millis(event.getHeaders());
      key.set(millis == EventClock.NEVER ? clock.millis() : millis);
      byte[] body = event.getBody();
      if (value == Value.TEXT) {
        text.set(body);
        writer.append(key, text);
      } else {
        writer.append(key, new BytesWritable(body));
      }
    }
  }
}
