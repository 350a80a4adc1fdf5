package io.flafka.bench;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What the header {@code timestamp} of a web log's line should be. For one thread. */
final class Stamps {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

  private final Map<String, String> known = new HashMap<>();

  /** The time in a line, in milliseconds since 1970. */
  String of(String line) {
    int open = line.indexOf('[');
    String text = line.substring(open + 1, line.indexOf(']', open));
    return known.computeIfAbsent(
        text,
        unknown ->
            String.valueOf(OffsetDateTime.parse(unknown, FORMAT).toInstant().toEpochMilli()));
  }
}
