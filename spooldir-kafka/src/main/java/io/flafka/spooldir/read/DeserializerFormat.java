package io.flafka.spooldir.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flafka.config.Settings;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flume.serialization.AvroEventDeserializer;
import org.apache.flume.serialization.DecodeErrorPolicy;
import org.apache.flume.serialization.EventDeserializer;
import org.apache.flume.serialization.EventDeserializerFactory;

/**
 * The events of one of Flume's deserializers, or of the user's own. Offsets count events, since
 * what a deserializer marks in bytes need not tell one event from the next: in Avro it is a block.
 * To go on from one, those before are read again and passed over.
 *
 * @param deserializer AVRO, or the class of a builder
 * @param keys what it is configured with
 * @param charset of its characters, if it reads any
 */
record DeserializerFormat(
    String deserializer, Map<String, String> keys, Charset charset, DecodeErrorPolicy policy)
    implements InputFormat {
  /** How all spellings of it are called. */
  static final String AVRO = "AVRO";

  private enum SchemaType {
    HASH,
    LITERAL
  }

  static DeserializerFormat parse(String deserializer, Settings settings) {
    boolean avro =
        deserializer.equalsIgnoreCase(AVRO)
            || deserializer.equals(AvroEventDeserializer.Builder.class.getName());
    if (avro) {
      settings.choice("deserializer.schemaType", SchemaType.HASH);
    } else {
      requireBuilder(deserializer, settings);
    }
    String lines = "it is about lines, and deserializer = " + deserializer;
    for (String key :
        new String[] {
          "bufferMaxLines", "bufferMaxLineLength", "overlong", "stripCarriageReturn", "decompress"
        }) {
      settings.withoutEffect(key, lines);
    }
    return new DeserializerFormat(
        avro ? AVRO : deserializer,
        Map.copyOf(settings.section("deserializer.")),
        settings.parsed("inputCharset", UTF_8, Decoding::charset, Decoding.CHARSET),
        settings.choice("decodeErrorPolicy", DecodeErrorPolicy.FAIL));
  }

  /** Flume looks the class up in the same way, but only when the first file is read. */
  private static void requireBuilder(String name, Settings settings) {
    String key = "deserializer";
    try {
      ClassLoader flumes = EventDeserializerFactory.class.getClassLoader();
      Class<?> builder = Class.forName(name, true, flumes);
      if (!EventDeserializer.Builder.class.isAssignableFrom(builder)) {
        settings.problem(key, "it takes a class that implements EventDeserializer.Builder");
      } else if (!Modifier.isPublic(builder.getModifiers())
          || !Modifier.isPublic(builder.getConstructor().getModifiers())) {
        settings.problem(key, "it takes a public class");
      }
    } catch (NoSuchMethodException e) {
      settings.problem(key, "it takes a class with a public constructor without parameters");
    } catch (ClassNotFoundException | LinkageError e) {
      settings.problem(
          key,
          "it takes LINE, AVRO, or the class of an EventDeserializer.Builder on Flume's class path"
              + " ("
              + e
              + ")");
    }
  }

  @Override
  public String name(Path file) {
    return deserializer;
  }

  @Override
  public EventReader open(Input input, ReadWatch watch) throws IOException {
    DeserializedEvents events = new DeserializedEvents(input.file(), this);
    try {
      return new DeserializerReader(events, input);
    } catch (IOException | RuntimeException e) {
      events.close();
      throw e;
    }
  }

  @Override
  public long offsetAt(Path file, long stockBytes) throws IOException {
    try (DeserializedEvents events = new DeserializedEvents(file, this)) {
      while (events.mark() < stockBytes) {
        long before = events.count();
        if (events.next() == null) {
          return before;
        }
        if (events.mark() > stockBytes) {
          return before;
        }
      }
      return events.count();
    }
  }
}
