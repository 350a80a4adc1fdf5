package io.flafka.hdfs.format;

import io.flafka.bench.jmh.PerEvent;
import io.flafka.bench.jmh.Weblog;
import io.flafka.hdfs.file.FileOutput;
import io.flafka.hdfs.file.Sync;
import java.io.IOException;
import java.util.List;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.serialization.BodyTextEventSerializer;
import org.apache.flume.serialization.EventSerializer;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Events into the lines of a file, which is never closed and kept nowhere. */
public class TextBenchmark extends PerEvent {
  private final List<Event> events = Weblog.events(1);

  @Param public Discard file;

  private FSDataOutputStream hadoop;
  private FileOutput output;
  private EventWriter writer;
  private EventSerializer serializer;

  @Setup
  public void open() throws IOException {
    output = new FileOutput(new FSDataOutputStream(file.open(), null), Sync.HFLUSH);
    writer = new TextFormat(true).begin(output);
    hadoop = new FSDataOutputStream(file.open(), null);
    serializer = new BodyTextEventSerializer.Builder().build(new Context(), hadoop);
  }

  @Benchmark
  public long flafka() throws IOException {
    for (Event event : events) {
      writer.append(event);
    }
    return output.position();
  }

  @Benchmark
  public long stock() throws IOException {
    for (Event event : events) {
      serializer.write(event);
    }
    return hadoop.getPos();
  }
}
