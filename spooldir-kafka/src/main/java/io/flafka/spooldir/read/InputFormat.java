package io.flafka.spooldir.read;

import io.flafka.config.Settings;
import java.io.IOException;
import java.nio.file.Path;

/** How files become events, as configured. For any thread. */
public interface InputFormat {
  /** Reads the keys. Problems go to the settings. */
  static InputFormat parse(Settings settings) {
    String deserializer = settings.text("deserializer", "LINE");
    if (deserializer.equalsIgnoreCase("LINE")
        || deserializer.equals("org.apache.flume.serialization.LineDeserializer$Builder")) {
      return LineFormat.parse(settings);
    }
    return DeserializerFormat.parse(deserializer, settings);
  }

  /**
   * Names what offsets in a file count. It is stored with them: an offset of another format means
   * nothing to this one.
   */
  String name(Path file);

  /**
   * Opens a file at its offset.
   *
   * @throws IOException if it can't be read; the message is for the operator
   */
  EventReader open(Input input, ReadWatch watch) throws IOException;

  /**
   * Where stock Flume left a file, as this format counts: no event behind it was delivered in full.
   *
   * @param stockBytes what stock Flume stored
   * @throws IOException if the file can't be read up to there; the message is for the operator
   */
  default long offsetAt(Path file, long stockBytes) throws IOException {
    return stockBytes;
  }
}
