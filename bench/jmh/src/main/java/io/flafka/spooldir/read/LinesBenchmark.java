package io.flafka.spooldir.read;

import io.flafka.bench.jmh.PerEvent;
import io.flafka.bench.jmh.Weblog;
import io.flafka.config.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.serialization.EventDeserializer;
import org.apache.flume.serialization.LineDeserializer;
import org.apache.flume.serialization.ResettableFileInputStream;
import org.apache.flume.serialization.ResettableInputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A file of lines into events; it is in the page cache. So many lines that opening it is nothing.
 */
@OperationsPerInvocation(LinesBenchmark.LINES)
public class LinesBenchmark extends PerEvent {
  static final int LINES = 16 * EVENTS;
  private static final int BATCH = 1000;

  private final LineFormat format =
      LineFormat.parse(new Settings("the benchmark's source", new Context()));
  private byte[] bytes;
  private Path file;
  private Input input;

  @Setup
  public void write() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (byte[] line : Weblog.lines(LINES, Weblog.BUSY)) {
      text.writeBytes(line);
      text.write('\n');
    }
    bytes = text.toByteArray();
    file = Files.write(Files.createTempFile("flafka-lines", ".log"), bytes).toAbsolutePath();
    input = new Input(file, bytes.length, "a-file", 0, Map.of());
  }

  @TearDown
  public void delete() throws IOException {
    Files.delete(file);
  }

  /** What the source does. */
  @Benchmark
  public void flafka(Blackhole blackhole) throws IOException {
    try (EventReader reader = format.open(input, () -> {})) {
      for (FileEvent event = reader.next(); event != null; event = reader.next()) {
        blackhole.consume(event);
      }
    }
  }

  /** What stock Flume's source does, but for the position's file, which it writes at each mark. */
  @Benchmark
  public void stock(Blackhole blackhole) throws IOException {
    try (ResettableInputStream stream =
        new ResettableFileInputStream(file.toFile(), new MarkInMemory(file.toString()))) {
      EventDeserializer lines = new LineDeserializer.Builder().build(new Context(), stream);
      List<Event> batch = lines.readEvents(BATCH);
      while (!batch.isEmpty()) {
        batch.forEach(blackhole::consume);
        lines.mark();
        batch = lines.readEvents(BATCH);
      }
    }
  }

  /** The lines of a buffer, and no events of them. */
  @Benchmark
  public void found(Blackhole blackhole) {
    int from = 0;
    while (from < bytes.length) {
      int end = LineEnd.ASCII.find(bytes, from, bytes.length);
      blackhole.consume(end);
      from = end + 1;
    }
  }
}
