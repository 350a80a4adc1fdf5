package io.flafka.hdfs.format;

import io.flafka.hdfs.file.FileOutput;
import io.flafka.hdfs.file.Sync;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.apache.hadoop.fs.FSDataOutputStream;

/** A file that is written in memory. */
final class MemoryFile {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  final FileOutput output = new FileOutput(new FSDataOutputStream(bytes, null), Sync.HFLUSH);

  static Event event(String body, String... headers) {
    return EventBuilder.withBody(
        body,
        StandardCharsets.UTF_8,
        headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]));
  }

  /** Writes a whole file, flushing behind each event. */
  static byte[] of(Format format, Event... events) throws IOException {
    MemoryFile file = new MemoryFile();
    EventWriter writer = format.begin(file.output);
    for (Event event : events) {
      writer.append(event);
      writer.flush();
    }
    writer.finish();
    return file.closed();
  }

  /** What a crash would leave after everything was made durable. */
  byte[] durable() throws IOException {
    output.makeDurable();
    return bytes.toByteArray();
  }

  byte[] closed() throws IOException {
    output.close();
    return bytes.toByteArray();
  }
}
