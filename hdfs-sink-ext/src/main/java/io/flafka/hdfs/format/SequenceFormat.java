package io.flafka.hdfs.format;

import io.flafka.hdfs.bucket.EventClock;
import io.flafka.hdfs.file.FileOutput;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.SequenceFile.Writer;
import org.apache.hadoop.io.Text;

/**
 * A Hadoop sequence file, not compressed: the timestamp of each event, and its body.
 *
 * @param clock for events without a timestamp that is a number
 */
public record SequenceFormat(Value value, InstantSource clock) implements Format {
  /** What a body is in the file. */
  public enum Value {
    /** {@link BytesWritable}. */
    WRITABLE,
    /** {@link Text}. */
    TEXT;

    static Value named(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "writable" -> WRITABLE;
        case "text" -> TEXT;
        default ->
            throw new IllegalArgumentException("serializers of one's own are not in this version");
      };
    }
  }

  @Override
  public EventWriter begin(FileOutput output) throws IOException {
    Writer writer =
        SequenceFile.createWriter(
            new Configuration(false),
            Writer.stream(new FSDataOutputStream(output, null)),
            Writer.keyClass(LongWritable.class),
            Writer.valueClass(value == Value.TEXT ? Text.class : BytesWritable.class),
            Writer.compression(SequenceFile.CompressionType.NONE));
    return new SequenceWriter(writer, value, new EventClock(false, clock));
  }
}
