package io.flafka.hdfs;

import io.flafka.config.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.serialization.EventSerializer;
import org.apache.flume.serialization.EventSerializerFactory;

/** The format of files. */
sealed interface Format {
  /** Begins a file; what the format wants at its beginning is written. */
  EventWriter begin(FileOutput output) throws IOException;

  static Format parse(Settings settings, InstantSource clock) {
    settings.refused("hdfs.codeC", "compressed files are not in this version");
    FileType type =
        settings.parsed(
            "hdfs.fileType", FileType.SEQUENCE_FILE, FileType::named, "SequenceFile or DataStream");
    SequenceFormat sequence =
        new SequenceFormat(
            settings.parsed(
                "hdfs.writeFormat",
                SequenceFormat.Value.WRITABLE,
                SequenceFormat.Value::named,
                "Writable or Text"),
            clock);
    String serializer = settings.text("serializer", "TEXT");
    Map<String, String> section = settings.section("serializer.");
    if (type == FileType.SEQUENCE_FILE) {
      settings.withoutEffect("serializer", "it is for hdfs.fileType = DataStream");
      return sequence;
    }
    settings.withoutEffect("hdfs.writeFormat", "it is for hdfs.fileType = SequenceFile");
    Serialized serialized = new Serialized(serializer, section);
    serialized.check(settings);
    return serialized;
  }

  /** Stock Flume's names of the kinds of files. */
  enum FileType {
    SEQUENCE_FILE,
    DATA_STREAM;

    static FileType named(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "sequencefile" -> SEQUENCE_FILE;
        case "datastream" -> DATA_STREAM;
        case "compressedstream" ->
            throw new IllegalArgumentException("CompressedStream is not in this version");
        default -> throw new IllegalArgumentException();
      };
    }
  }

  /**
   * Whatever a serializer of Flume's, or of the user's, makes of events.
   *
   * @param type TEXT, HEADER_AND_TEXT, AVRO_EVENT, or the name of a builder's class
   * @param keys what stands behind {@code serializer.}
   */
  record Serialized(String type, Map<String, String> keys) implements Format {
    @Override
    public EventWriter begin(FileOutput output) throws IOException {
      EventSerializer serializer = build(output);
      serializer.afterCreate();
      return new SerializerWriter(serializer, type.equalsIgnoreCase("AVRO_EVENT"));
    }

    private EventSerializer build(OutputStream output) {
      return EventSerializerFactory.getInstance(type, new Context(keys), output);
    }

    /** Builds one for nothing, since a wrong name shows only then. */
    private void check(Settings settings) {
      try {
        build(OutputStream.nullOutputStream());
      } catch (RuntimeException | LinkageError e) {
        String what = "can't be built (" + e + ")";
        if (settings.isSet("serializer")) {
          settings.problem("serializer", what);
        } else {
          settings.problem("hdfs.fileType", "the serializer TEXT " + what);
        }
      }
    }
  }
}
