package io.flafka.weblog.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the library has the time of a line.
 *
 * @param name what the library calls it
 */
record HttpdTime(Form form, String name) {
  /** The best first: a time of the request's end comes last. */
  private static final List<HttpdTime> CANDIDATES =
      List.of(
          new HttpdTime(Form.STAMP, "TIME.STAMP:request.receive.time"),
          new HttpdTime(Form.MILLIS, "TIME.EPOCH:request.receive.time.epoch"),
          new HttpdTime(Form.MILLIS, "TIME.EPOCH:request.receive.time.msec"),
          new HttpdTime(Form.MICROS, "TIME.EPOCH.USEC:request.receive.time.usec"),
          new HttpdTime(Form.SECONDS, "TIME.SECONDS:request.receive.time.sec"),
          new HttpdTime(Form.MILLIS, "TIME.EPOCH:request.receive.time.begin.epoch"),
          new HttpdTime(Form.MILLIS, "TIME.EPOCH:request.receive.time.begin.msec"),
          new HttpdTime(Form.SECONDS, "TIME.SECONDS:request.receive.time.begin.sec"),
          new HttpdTime(Form.MILLIS, "TIME.EPOCH:request.receive.time.end.epoch"),
          new HttpdTime(Form.MILLIS, "TIME.EPOCH:request.receive.time.end.msec"),
          new HttpdTime(Form.SECONDS, "TIME.SECONDS:request.receive.time.end.sec"));

  /** How the library gives it. */
  private enum Form {
    /** As it stands in the line, without its brackets. */
    STAMP,
    SECONDS,
    MILLIS,
    MICROS
  }

  /**
   * Chooses one.
   *
   * @param possible what the library finds in a LogFormat
   * @throws IllegalArgumentException if there is none among them
   */
  static HttpdTime of(List<String> possible) {
    return CANDIDATES.stream()
        .filter(time -> possible.contains(time.name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("it has no time in it: add %t, or %{msec}t"));
  }

  /** Milliseconds since 1970; null if that text is no time. */
  @Nullable String millis(@Nullable String text, Stamps stamps) {
    if (text == null) {
      return null;
    }
    if (form == Form.STAMP) {
      byte[] stamp = ('[' + text + ']').getBytes(ISO_8859_1);
      return stamp.length == Stamp.LENGTH ? stamps.at(stamp, 0) : null;
    }
    try {
      long number = Long.parseLong(text);
      return Long.toString(
          switch (form) {
            case SECONDS -> Math.multiplyExact(number, 1000);
            case MICROS -> Math.floorDiv(number, 1000);
            default -> number;
          });
    } catch (NumberFormatException | ArithmeticException e) {
      return null;
    }
  }
}
