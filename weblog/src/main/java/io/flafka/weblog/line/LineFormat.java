package io.flafka.weblog.line;

import java.util.Set;

/** What lines look like. For any number of threads. */
public sealed interface LineFormat permits AnyFormat, AccessLogFormat, HttpdFormat {
  /** Anything with a stamp in it. */
  LineFormat ANY = new AnyFormat();

  /** What {@link #parse} takes, for messages. */
  String EXPECTED =
      "any, common, combined, nginx, or an Apache LogFormat such as %h %l %u %t \"%r\" %>s %b";

  /**
   * Reads a format's name, or an Apache LogFormat, which is known by a percent sign.
   *
   * @throws IllegalArgumentException if it is neither; the message, if any, says why
   */
  static LineFormat parse(String text) {
    return switch (text) {
      case "any" -> ANY;
      case "common" -> new AccessLogFormat(false);
      case "combined", "nginx" -> new AccessLogFormat(true);
      default -> {
        if (!text.contains("%")) {
          throw new IllegalArgumentException();
        }
        yield HttpdFormat.of(text);
      }
    };
  }

  /** What its lines tell beside the time. */
  Set<Field> fields();

  /**
   * A reader of such lines.
   *
   * @param wanted the fields that it will be asked for
   */
  LineReader reader(Set<Field> wanted);
}
