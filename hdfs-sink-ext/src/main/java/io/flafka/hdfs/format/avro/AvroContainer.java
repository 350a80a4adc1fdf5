package io.flafka.hdfs.format.avro;

import io.flafka.config.Settings;
import io.flafka.hdfs.file.FileOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.io.DatumWriter;

/**
 * How containers are written.
 *
 * @param codec a name of Avro's
 * @param syncInterval bytes in a block, before compression
 */
public record AvroContainer(String codec, int syncInterval) {
  /** Not compressed, in blocks as stock Flume's. */
  public static final AvroContainer PLAIN = new AvroContainer("null", 2_048_000);

  private static final String CODEC = "serializer.compressionCodec";
  private static final List<String> CODECS =
      List.of("null", "deflate", "snappy", "zstandard", "bzip2", "xz");
  private static final int SMALLEST_BLOCK = 32;
  private static final int LARGEST_BLOCK = 1 << 30;

  /** Reads the keys that stock Flume's Avro serializers have. */
  public static AvroContainer parse(Settings settings) {
    String codec =
        settings.parsed(
            CODEC, CODECS.get(0), AvroContainer::known, "one of " + String.join(", ", CODECS));
    int interval = settings.integer("serializer.syncIntervalBytes", 2_048_000, SMALLEST_BLOCK);
    if (interval > LARGEST_BLOCK) {
      settings.problem("serializer.syncIntervalBytes", "it takes " + LARGEST_BLOCK + " at most");
    }
    AvroContainer container = new AvroContainer(codec, Math.min(interval, LARGEST_BLOCK));
    container.check(settings);
    return container;
  }

  private static String known(String name) {
    if (!CODECS.contains(name)) {
      throw new IllegalArgumentException();
    }
    return name;
  }

  /** Compresses something for nothing, since a library that isn't there shows only then. */
  private void check(Settings settings) {
    Schema schema = Schema.create(Schema.Type.NULL);
    DatumWriter<Void> nothing =
        new DatumWriter<>() {
          @Override
          public void setSchema(Schema ignored) {}

          @Override
          public void write(Void datum, org.apache.avro.io.Encoder out) {}
        };
    try (DataFileWriter<Void> file = new DataFileWriter<>(nothing)) {
      file.setCodec(CodecFactory.fromString(codec));
      file.create(schema, OutputStream.nullOutputStream());
      file.append(null);
      file.flush();
    } catch (IOException | AvroRuntimeException | LinkageError e) {
      settings.problem(CODEC, "its library isn't on the agent's class path (" + e + ")");
    }
  }

  /** Begins a file: its header is written. */
  <T> DataFileWriter<T> begin(Schema schema, DatumWriter<T> writer, FileOutput output)
      throws IOException {
    // Not to be closed: it would close the output, whose owner has yet to make it durable.
    DataFileWriter<T> file = new DataFileWriter<>(writer);
    file.setSyncInterval(syncInterval);
    file.setCodec(CodecFactory.fromString(codec));
    file.create(schema, output);
    file.flush();
    return file;
  }
}
