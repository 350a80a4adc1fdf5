package io.flafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.parquet.example.data.Group;
import org.jspecify.annotations.Nullable;

/** The columns of a web log, one after the other: those in a file, and those of a line. */
final class Columns {
  private static final List<String> NAMES =
      List.of(
          "host",
          "user",
          "time",
          "method",
          "path",
          "query",
          "protocol",
          "status",
          "bytes",
          "referrer",
          "agent");

  private static final Pattern LINE =
      Pattern.compile(
          "(\\S+) - (\\S+) \\[([^]]+)] \"(\\S+) ([^ ?]*)(?:\\?(\\S*))? (\\S+)\" (\\d+) (\\S+)"
              + " \"([^\"]*)\" +\"([^\"]*)\"");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

  /** Of a line that isn't a web log's. */
  static final String NONE = NAMES.stream().map(name -> "-").collect(Collectors.joining("|"));

  private Columns() {}

  static String of(Group row) {
    return NAMES.stream().map(name -> value(row, name)).collect(Collectors.joining("|"));
  }

  private static String value(Group row, String name) {
    if (row.getFieldRepetitionCount(name) == 0) {
      return "-";
    }
    return switch (name) {
      case "time" -> Instant.ofEpochMilli(row.getLong(name, 0)).toString();
      case "status" -> String.valueOf(row.getInteger(name, 0));
      case "bytes" -> String.valueOf(row.getLong(name, 0));
      default -> new String(row.getBinary(name, 0).getBytes(), UTF_8);
    };
  }

  static String of(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      return NONE;
    }
    return IntStream.range(0, NAMES.size())
        .mapToObj(i -> value(NAMES.get(i), parts.group(i + 1)))
        .collect(Collectors.joining("|"));
  }

  private static String value(String name, @Nullable String text) {
    if (text == null) {
      return "-";
    }
    return name.equals("time") ? STAMP.parse(text, Instant::from).toString() : text;
  }
}
