package io.flafka.hdfs.format;

import io.flafka.config.Settings;
import io.flafka.hdfs.file.FileOutput;
import io.flafka.hdfs.file.Sync;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.apache.hadoop.fs.FSDataOutputStream;

/** A file in memory that a format writes. */
public final class Written {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  public final FileOutput output;
  public final EventWriter writer;

  public Written(Format format) throws Exception {
    output = new FileOutput(new FSDataOutputStream(bytes, null), Sync.HFLUSH);
    writer = format.begin(output);
  }

  /** A format as it is configured. */
  public static Format format(String... keys) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keys.length; i += 2) {
      values.put(keys[i], keys[i + 1]);
    }
    Settings settings = new Settings("sink k1", new Context(values));
    Format format = Format.parse(settings, InstantSource.system());
    return settings.complete(() -> format);
  }

  public static Event event(String body) {
    return EventBuilder.withBody(body, StandardCharsets.UTF_8);
  }

  public static Event event(byte[] body, String... headers) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      map.put(headers[i], headers[i + 1]);
    }
    return EventBuilder.withBody(body, map);
  }

  public Written append(Event... events) throws Exception {
    for (Event event : events) {
      writer.append(event);
    }
    return this;
  }

  /** What a reader would find if the writer died after a flush. */
  public byte[] flushed() throws Exception {
    writer.flush();
    output.makeDurable();
    return bytes.toByteArray();
  }

  public Path finished(Path folder) throws Exception {
    writer.finish();
    output.close();
    return Files.write(folder.resolve("file"), bytes.toByteArray());
  }
}
