package io.flafka.weblog.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where in a line its fields are. For one thread. */
@SuppressWarnings("EnumOrdinal") // Two arrays that are cleared for every line, and kept nowhere.
final class Slices {
  private static final int FIELDS = Field.values().length;

  private final int[] from = new int[FIELDS];
  private final int[] to = new int[FIELDS];
  private byte[] line = new byte[0];

  /** Starts with another line, of which no field is known. */
  void of(byte[] line) {
    this.line = line;
    Arrays.fill(to, 0);
  }

  /** Says where a field is; {@code end} is exclusive. */
  void set(Field field, int start, int end) {
    from[field.ordinal()] = start;
    to[field.ordinal()] = end;
  }

  /** A field's text; null if it isn't known, empty, or a dash. */
  @Nullable String text(Field field) {
    int start = from[field.ordinal()];
    return isAbsent(field) ? null : new String(line, start, to[field.ordinal()] - start, UTF_8);
  }

  /** A field's bytes; false if it isn't known, empty, or a dash. */
  boolean find(Field field, Slice slice) {
    if (isAbsent(field)) {
      return false;
    }
    int start = from[field.ordinal()];
    slice.of(line, start, to[field.ordinal()] - start);
    return true;
  }

  private boolean isAbsent(Field field) {
    int start = from[field.ordinal()];
    int end = to[field.ordinal()];
    return end == 0 || end == start || (end == start + 1 && line[start] == '-');
  }
}
