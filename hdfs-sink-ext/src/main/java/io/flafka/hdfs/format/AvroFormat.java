package io.flafka.hdfs.format;

import io.flafka.config.Settings;
import io.flafka.hdfs.file.FileOutput;
import io.flafka.hdfs.format.avro.AvroContainer;
import io.flafka.hdfs.format.avro.AvroDatumWriter;
import io.flafka.hdfs.format.avro.AvroEventWriter;
import io.flafka.hdfs.format.avro.EventSchemas;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An Avro container: of events ({@code AVRO_EVENT}), or of what is in their bodies ({@code AVRO}).
 *
 * @param schemas which schema a body has; null for containers of events
 */
public record AvroFormat(AvroContainer container, @Nullable EventSchemas schemas)
    implements Format {
  /** Of dead letters: whole events, each with its reason in a header. */
  public static final AvroFormat LETTERS = new AvroFormat(AvroContainer.PLAIN, null);

  private static final String BODIES = "avro";
  private static final Set<String> NAMES = Set.of("avro_event", BODIES);

  /** Whether a serializer's name is one of these. */
  static boolean isNamed(String serializer) {
    return NAMES.contains(serializer.toLowerCase(Locale.ROOT));
  }

  static AvroFormat parse(Settings settings, String serializer) {
    AvroContainer container = AvroContainer.parse(settings);
    boolean bodies = serializer.toLowerCase(Locale.ROOT).equals(BODIES);
    return new AvroFormat(container, bodies ? EventSchemas.parse(settings, "serializer.") : null);
  }

  @Override
  public String extension() {
    return ".avro";
  }

  @Override
  public EventWriter begin(FileOutput output) throws IOException {
    return schemas == null
        ? new AvroEventWriter(container, output)
        : new AvroDatumWriter(container, schemas, output);
  }
}
