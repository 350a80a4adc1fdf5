package io.flafka.hdfs.format;

import io.flafka.config.Settings;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.hadoop.io.SequenceFile;

/** What stands in a sequence file: {@code hdfs.writeFormat}. */
public sealed interface Records permits TimedRecords, SerializedRecords {
  /** Begins a file. */
  Maker begin();

  /** Makes the records of one file. For one thread at a time. */
  interface Maker {
    Class<?> keyClass();

    Class<?> valueClass();

    void append(Event event, SequenceFile.Writer writer) throws IOException;
  }

  /** Reads {@code hdfs.writeFormat}, and what belongs to a serializer of the user's. */
  static Records parse(Settings settings, InstantSource clock) {
    String name = settings.text("hdfs.writeFormat", "Writable");
    Map<String, String> keys = settings.section("writeFormat.");
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "writable" -> new TimedRecords(TimedRecords.Value.WRITABLE, clock);
      case "text" -> new TimedRecords(TimedRecords.Value.TEXT, clock);
      default -> new SerializedRecords(name, keys);
    };
  }
}
