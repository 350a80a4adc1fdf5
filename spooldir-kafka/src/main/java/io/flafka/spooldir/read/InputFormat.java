package io.flafka.spooldir.read;

import io.flafka.config.Settings;
import java.io.IOException;

/** How files become events, as configured. For any thread. */
public interface InputFormat {
  /** Reads the keys. Problems go to the settings. */
  static InputFormat parse(Settings settings) {
    return LineFormat.parse(settings);
  }

  /**
   * Names what offsets count. It is stored with them: an offset of another format means nothing to
   * this one.
   */
  String name();

  /**
   * Opens a file at its offset.
   *
   * @throws IOException if it can't be read; the message is for the operator
   */
  EventReader open(Input input, ReadWatch watch) throws IOException;
}
