package io.flafka.weblog;

import io.flafka.config.Settings;
import io.flafka.weblog.line.LineFormat;

/**
 * What the user configured.
 *
 * @param formatText {@code format}, as it was written
 * @param preserveExisting whether a timestamp header that is there already stays
 */
record WeblogConfig(
    String formatText,
    LineFormat format,
    FieldHeaders headers,
    Unparsed unparsed,
    boolean preserveExisting) {
  static final String FORMAT = "format";

  static final WeblogConfig DEFAULT =
      new WeblogConfig("any", LineFormat.ANY, FieldHeaders.NONE, Unparsed.PASS, false);

  static WeblogConfig parse(Settings settings) {
    String text = settings.text(FORMAT, DEFAULT.formatText());
    LineFormat format =
        settings.parsed(FORMAT, DEFAULT.format(), LineFormat::parse, LineFormat.EXPECTED);
    if (text.contains("%")) {
      settings.warning(
          FORMAT
              + " = "
              + text
              + " is read with regular expressions, which takes about 15 times as long as"
              + " common, combined or nginx: use one of them if it says the same");
    }
    FieldHeaders headers = FieldHeaders.parse(settings, format);
    Unparsed unparsed = settings.choice("unparsed", DEFAULT.unparsed());
    boolean preserveExisting = settings.flag("preserveExisting", DEFAULT.preserveExisting());
    return settings.complete(
        () -> new WeblogConfig(text, format, headers, unparsed, preserveExisting));
  }
}
