package io.flafka.hdfs.bucket;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.text.SimpleDateFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;

/**
 * Reads a path with escapes into its {@link Part}s.
 *
 * <p>The escapes are stock Flume's: {@code %a} and its like (dates), {@code %s}, {@code %t}, {@code
 * %{header}}, {@code %[localhost]}, {@code %[IP]}, {@code %[FQDN]} and {@code %%}. What stock turns
 * into nothing without a word (an unknown letter, a malformed name) is an error here.
 */
final class Escapes {
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;

  /** Every offset of every time zone since 1972 is a multiple of it. */
  private static final long QUARTER = 15 * MINUTE;

  private final String text;
  private final TimeZone zone;
  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();

  private Escapes(String text, TimeZone zone) {
    this.text = text;
    this.zone = zone;
  }

  /**
   * Reads {@code text}; no two literals in the result stand side by side.
   *
   * @throws IllegalArgumentException if there is an escape that means nothing; the message names it
   */
  static List<Part> parse(String text, TimeZone zone) {
    return new Escapes(text, zone).parse();
  }

  private List<Part> parse() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean last = at + 1 == text.length();
      if (c == '%' && !last) {
        at = escape(at);
      } else {
        literal.append(c);
        at++;
      }
    }
    endLiteral();
    return List.copyOf(parts);
  }

  /** Reads the escape that begins at an index; returns the index behind it. */
  private int escape(int at) {
    char kind = text.charAt(at + 1);
    switch (kind) {
      case '%' -> literal.append('%');
      case '{' -> {
        String name = enclosed(at, '}');
        add(new Part.Header(name));
        return at + name.length() + 3;
      }
      case '[' -> {
        String name = enclosed(at, ']');
        literal.append(host(name));
        return at + name.length() + 3;
      }
      default -> {
        if (!Character.isLetterOrDigit(kind) && kind != '_') {
          literal.append('%').append(kind);
        } else {
          add(time(kind));
        }
      }
    }
    return at + 2;
  }

  private String enclosed(int at, char close) {
    int end = text.indexOf(close, at);
    String name = end < 0 ? "" : text.substring(at + 2, end);
    boolean valid =
        !name.isEmpty()
            && name.chars()
                .allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-');
    if (!valid) {
      throw new IllegalArgumentException(
          "the escape '"
              + text.substring(at, end < 0 ? text.length() : end + 1)
              + "' is not a name of letters, digits, '.', '_' and '-' in brackets");
    }
    return name;
  }

  private static String host(String name) {
    try {
      InetAddress here = InetAddress.getLocalHost();
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "localhost" -> here.getHostName();
        case "ip" -> here.getHostAddress();
        case "fqdn" -> here.getCanonicalHostName();
        default ->
            throw new IllegalArgumentException(
                "unknown escape %[" + name + "]: there are %[localhost], %[IP] and %[FQDN]");
      };
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "this host's name, for %[" + name + "], can't be resolved: " + e.getMessage(), e);
    }
  }

  private Part time(char letter) {
    return switch (letter) {
      case 's' -> new Part.EpochSeconds();
      case 't' -> new Part.RawTimestamp();
      case 'a' -> date(letter, "EEE", QUARTER);
      case 'A' -> date(letter, "EEEE", QUARTER);
      case 'b' -> date(letter, "MMM", QUARTER);
      case 'B' -> date(letter, "MMMM", QUARTER);
      case 'c' -> date(letter, "EEE MMM d HH:mm:ss yyyy", SECOND);
      case 'd' -> date(letter, "dd", QUARTER);
      case 'e' -> date(letter, "d", QUARTER);
      case 'D' -> date(letter, "MM/dd/yy", QUARTER);
      case 'H' -> date(letter, "HH", QUARTER);
      case 'I' -> date(letter, "hh", QUARTER);
      case 'j' -> date(letter, "DDD", QUARTER);
      case 'k' -> date(letter, "H", QUARTER);
      case 'l' -> date(letter, "h", QUARTER);
      case 'm' -> date(letter, "MM", QUARTER);
      case 'n' -> date(letter, "M", QUARTER);
      case 'M' -> date(letter, "mm", MINUTE);
      case 'p' -> date(letter, "a", QUARTER);
      case 'S' -> date(letter, "ss", SECOND);
      case 'y' -> date(letter, "yy", QUARTER);
      case 'Y' -> date(letter, "yyyy", QUARTER);
      case 'z' -> date(letter, "ZZZ", QUARTER);
      default ->
          throw new IllegalArgumentException(
              "unknown escape %" + letter + "; a percent sign is written %%");
    };
  }

  private Part date(char letter, String pattern, long grain) {
    SimpleDateFormat format =
        new SimpleDateFormat(pattern, Locale.getDefault(Locale.Category.FORMAT));
    format.setTimeZone(zone);
    return new Part.Date(letter, format, grain);
  }

  private void add(Part part) {
    endLiteral();
    parts.add(part);
  }

  private void endLiteral() {
    if (literal.length() > 0) {
      parts.add(new Part.Literal(literal.toString()));
      literal.setLength(0);
    }
  }
}
