package io.flafka.tools.rescue;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A span of time in words of one unit: {@code 90s}, {@code 60m}, {@code 12h}, {@code 7d}. */
final class Age implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    try {
      if (upper.matches("\\d+[SMHD]")) {
        return Duration.parse((upper.endsWith("D") ? "P" : "PT") + upper);
      }
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("'" + text + "' is too long");
    }
    throw new TypeConversionException("'" + text + "' is none: try 90s, 60m, 12h or 7d");
  }

  /** In the largest unit of which there is one. */
  static String text(Duration age) {
    if (age.toDays() > 0) {
      return age.toDays() + "d";
    }
    if (age.toHours() > 0) {
      return age.toHours() + "h";
    }
    return age.toMinutes() > 0 ? age.toMinutes() + "m" : age.toSeconds() + "s";
  }
}
