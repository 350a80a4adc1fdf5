package io.flafka.weblog.line;

import org.jspecify.annotations.Nullable;

/** Reads lines, one after the other. For one thread. */
public interface LineReader {
  /**
   * Reads a line, whatever its bytes are. A line break at its end doesn't matter.
   *
   * @return why it is none of the format; null if it is one
   */
  @Nullable Misfit read(byte[] line);

  /**
   * The time of the line that was read last, in milliseconds since 1970. Null if it has none; a
   * line that fits has one, and one that doesn't may.
   */
  @Nullable String timestamp();

  /**
   * A field of the line that was read last, which fitted: as it stands there, escapes and all, its
   * bytes taken for UTF-8. Null if it is absent: empty, or a dash.
   */
  @Nullable String text(Field field);

  /**
   * Finds a field of the line that was read last, which fitted, where it stands: the bytes that
   * {@link #text} makes text of.
   *
   * @return whether it is there; if it is not, the slice is as it was
   */
  boolean find(Field field, Slice slice);

  /**
   * Whether the line that was read last, which fitted, says nothing but its time and its fields.
   * Blanks, quotes around it, dashes and the offset of its time are nothing. False if that isn't
   * known.
   */
  boolean tellsAll();
}
