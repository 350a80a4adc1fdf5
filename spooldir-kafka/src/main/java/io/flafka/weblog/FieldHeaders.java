package io.flafka.weblog;

import io.flafka.config.Settings;
import io.flafka.weblog.line.Field;
import io.flafka.weblog.line.LineFormat;
import io.flafka.weblog.line.LineReader;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which fields become which headers.
 *
 * @param headers field to header
 * @param key the field that becomes the header {@value #KEY}, of which the Kafka channel and sink
 *     make the record's key; null for none
 */
record FieldHeaders(Map<Field, String> headers, @Nullable Field key) {
  static final FieldHeaders NONE = new FieldHeaders(Map.of(), null);

  private static final String HEADERS = "headers";
  private static final String HEADER = "header.";
  private static final String KEY = "key";

  static FieldHeaders parse(Settings settings, LineFormat format) {
    String expected = "names out of " + Field.names();
    Set<Field> chosen = settings.parsed(HEADERS, Set.of(), Field::parseList, expected);
    Map<String, String> names =
        settings.section(HEADER, Arrays.stream(Field.values()).map(Field::text).toList());
    Map<Field, String> headers = new EnumMap<>(Field.class);
    chosen.forEach(field -> headers.put(field, names.getOrDefault(field.text(), field.text())));
    Optional<Field> key =
        settings.parsed(
            KEY,
            Optional.empty(),
            name -> Optional.of(Field.parse(name)),
            "one out of " + Field.names());
    checkNames(settings, headers, names);
    checkFields(settings, HEADERS, chosen, format);
    key.ifPresent(field -> checkFields(settings, KEY, Set.of(field), format));
    return new FieldHeaders(headers, key.orElse(null));
  }

  /** What a reader will be asked for. */
  Set<Field> fields() {
    Set<Field> fields = EnumSet.noneOf(Field.class);
    fields.addAll(headers.keySet());
    if (key != null) {
      fields.add(key);
    }
    return fields;
  }

  /** Writes what is there of the line that was read last. */
  void write(LineReader line, Map<String, String> to) {
    if (!headers.isEmpty()) { // An iterator for each line would be for nothing.
      headers.forEach((field, name) -> put(line.text(field), name, to));
    }
    if (key != null) {
      put(line.text(key), KEY, to);
    }
  }

  private static void put(@Nullable String text, String name, Map<String, String> to) {
    if (text != null) {
      to.put(name, text);
    }
  }

  private static void checkNames(
      Settings settings, Map<Field, String> headers, Map<String, String> names) {
    Set<String> taken = new HashSet<>(List.of(WeblogInterceptor.TIMESTAMP, KEY, Unparsed.REASON));
    headers.forEach(
        (field, name) -> {
          if (!taken.add(name)) {
            settings.problem(HEADER + field.text(), "another field or key sets that header");
          }
        });
    for (Field field : Field.values()) {
      if (names.containsKey(field.text()) && !headers.containsKey(field)) {
        settings.warning(
            HEADER + field.text() + " has no effect: " + HEADERS + " doesn't have " + field.text());
      }
    }
  }

  private static void checkFields(
      Settings settings, String key, Set<Field> wanted, LineFormat format) {
    List<String> missing =
        wanted.stream().filter(field -> !format.fields().contains(field)).map(Field::text).toList();
    if (!missing.isEmpty()) {
      settings.problem(
          key,
          "format = "
              + settings.text(WeblogConfig.FORMAT, "any")
              + " doesn't tell "
              + String.join(", ", missing)
              + (format.equals(LineFormat.ANY)
                  ? ", but only the time: set format = common, combined or nginx"
                  : ""));
    }
  }
}
