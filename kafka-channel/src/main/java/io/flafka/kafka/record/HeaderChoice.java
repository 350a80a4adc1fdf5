package io.flafka.kafka.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Which event headers travel as record headers, and by what names. Values are UTF-8. Immutable, for
 * any thread.
 */
public sealed interface HeaderChoice {
  HeaderChoice NONE = new Named(Map.of());

  /** Reads {@code none}, {@code all}, or names with commas between. */
  static HeaderChoice parse(String text) {
    return switch (text) {
      case "none" -> NONE;
      case "all" -> new All();
      default -> {
        Map<String, String> names = new LinkedHashMap<>();
        List.of(COMMA.split(text)).forEach(name -> names.put(name.strip(), name.strip()));
        if (names.containsKey("")) {
          throw new IllegalArgumentException("a name is missing beside a comma");
        }
        yield new Named(names);
      }
    };
  }

  Pattern COMMA = Pattern.compile(",");

  /** Whether nothing travels. */
  boolean isNone();

  /** Writes an event's headers to its record. */
  void write(Map<String, String> headers, Headers to);

  /**
   * Reads a record's headers into an event's, over its own. Of several of a name, the last counts.
   */
  void read(Headers from, Map<String, String> headers);

  /** Every one, by its own name. */
  record All() implements HeaderChoice {
    @Override
    public boolean isNone() {
      return false;
    }

    @Override
    public void write(Map<String, String> headers, Headers to) {
      headers.forEach((name, value) -> HeaderChoice.add(to, name, value));
    }

    @Override
    public void read(Headers from, Map<String, String> headers) {
      for (Header header : from) {
        if (header.value() != null) {
          headers.put(header.key(), new String(header.value(), UTF_8));
        }
      }
    }
  }

  /**
   * Some.
   *
   * @param names event header to record header
   */
  record Named(Map<String, String> names) implements HeaderChoice {
    @Override
    public boolean isNone() {
      return names.isEmpty();
    }

    @Override
    public void write(Map<String, String> headers, Headers to) {
      names.forEach((event, record) -> HeaderChoice.add(to, record, headers.get(event)));
    }

    @Override
    public void read(Headers from, Map<String, String> headers) {
      names.forEach(
          (event, record) -> {
            Header last = from.lastHeader(record);
            if (last != null && last.value() != null) {
              headers.put(event, new String(last.value(), UTF_8));
            }
          });
    }
  }

  private static void add(Headers to, @Nullable String name, @Nullable String value) {
    if (name != null && value != null) {
      to.add(name, value.getBytes(UTF_8));
    }
  }
}
