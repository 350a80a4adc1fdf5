package io.flafka.hdfs.format;

import io.flafka.config.Settings;
import io.flafka.hdfs.file.FileOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;

/** A format of nothing but bytes one after another, which can be compressed as a whole. */
public sealed interface StreamFormat extends Format permits TextFormat, SerializedFormat {
  /** Begins a file, or what becomes of one after it is compressed. */
  EventWriter begin(OutputStream output) throws IOException;

  @Override
  default EventWriter begin(FileOutput output) throws IOException {
    return begin((OutputStream) output);
  }

  /** Notes in the settings why files of this format can't be written, if they can't. */
  void check(Settings settings);

  /** Reads {@code serializer} and what belongs to it. */
  static StreamFormat parse(Settings settings) {
    String serializer = settings.text("serializer", "TEXT");
    if (serializer.equalsIgnoreCase("TEXT")) {
      settings.section("serializer.", Set.of("appendNewline"));
      return new TextFormat(settings.flag("serializer.appendNewline", true));
    }
    Map<String, String> section = settings.section("serializer.");
    return new SerializedFormat(serializer, section);
  }
}
