package io.flafka.weblog.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import nl.basjes.parse.core.exceptions.DissectionFailure;
import nl.basjes.parse.core.exceptions.InvalidDissectorException;
import nl.basjes.parse.core.exceptions.MissingDissectorsException;
import nl.basjes.parse.httpdlog.HttpdLoglineParser;
import org.jspecify.annotations.Nullable;

/** Reads lines of an {@link HttpdFormat}. The library's parser is for one thread, too. */
final class HttpdReader implements LineReader {
  /** More than Apache writes of a request that it accepts. */
  private static final int LONGEST = 64 * 1024;

  /**
   * Stands for a backslash while the library has the line, for it would take escapes apart, and
   * that wrongly (of {@code \xc3} it makes U+FFC3). Nobody writes this character.
   */
  private static final char BACKSLASH = '\uffff';

  private final HttpdFormat format;
  private final HttpdLoglineParser<Values> parser;
  private final Values values = new Values();
  private final boolean splits;
  private final Slices request = new Slices();
  private final Stamps stamps = new Stamps();
  private @Nullable String timestamp;

  HttpdReader(HttpdFormat format, Set<Field> wanted) {
    this.format = format;
    this.parser = new HttpdLoglineParser<>(Values.class, format.logFormat());
    this.splits =
        format.names().containsKey(Field.REQUEST)
            && wanted.stream().anyMatch(Field.OF_REQUEST::contains);
    Set<Field> asked = new HashSet<>(wanted);
    if (splits) {
      asked.add(Field.REQUEST);
    }
    Set<String> names = new HashSet<>(Set.of(format.times().name()));
    format
        .names()
        .forEach(
            (field, name) -> {
              if (asked.contains(field)) {
                names.add(name);
              }
            });
    names.forEach(name -> parser.addParseTarget(Values.SET, name));
  }

  @Override
  public @Nullable Misfit read(byte[] bytes) {
    values.clear();
    timestamp = null;
    if (bytes.length > LONGEST) {
      return Misfit.LENGTH;
    }
    String line = new String(bytes, 0, end(bytes), UTF_8).replace('\\', BACKSLASH);
    if (line.isEmpty()) {
      return Misfit.EMPTY;
    }
    if (format.ambiguity().isTooMuchIn(line)) {
      return Misfit.AMBIGUOUS;
    }
    try {
      parser.parse(values, line);
    } catch (DissectionFailure
        | InvalidDissectorException
        | MissingDissectorsException
        | RuntimeException e) {
      return Misfit.FORMAT;
    }
    timestamp = format.times().millis(values.get(format.times().name()), stamps);
    if (timestamp == null) {
      return Misfit.TIME;
    }
    if (splits) {
      split();
    }
    return null;
  }

  @Override
  public @Nullable String timestamp() {
    return timestamp;
  }

  @Override
  public @Nullable String text(Field field) {
    if (splits && Field.OF_REQUEST.contains(field)) {
      String part = request.text(field);
      if (part != null) {
        return part;
      }
    }
    String name = format.names().get(field);
    String text = name == null ? null : values.get(name);
    if (text == null || text.isEmpty() || text.equals("-")) {
      return null;
    }
    return written(field, text);
  }

  @Override
  public boolean find(Field field, Slice slice) {
    String text = text(field);
    if (text == null) {
      return false;
    }
    byte[] bytes = text.getBytes(UTF_8);
    slice.of(bytes, 0, bytes.length);
    return true;
  }

  /** A LogFormat may have anything in it. */
  @Override
  public boolean tellsAll() {
    return false;
  }

  private void split() {
    byte[] line = {};
    String text = text(Field.REQUEST);
    if (text != null) {
      line = text.getBytes(UTF_8);
    }
    request.of(line);
    RequestLine.split(line, 0, line.length, request);
  }

  /** Apache writes a query with its question mark. */
  private static @Nullable String written(Field field, String text) {
    if (field == Field.QUERY && text.startsWith("?")) {
      return text.length() == 1 ? null : text.substring(1);
    }
    return text;
  }

  private static int end(byte[] line) {
    int end = line.length;
    while (end > 0 && (line[end - 1] == '\r' || line[end - 1] == '\n')) {
      end--;
    }
    return end;
  }

  /** What the library tells of a line. Public, for it calls by reflection. */
  public static final class Values {
    private static final Method SET = method();

    private final Map<String, String> values = new HashMap<>();

    /** Takes a value; null is none. */
    public void set(String name, @Nullable String value) {
      if (value != null) {
        values.put(name, value.replace(BACKSLASH, '\\'));
      }
    }

    private void clear() {
      values.clear();
    }

    private @Nullable String get(String name) {
      return values.get(name);
    }

    private static Method method() {
      try {
        return Values.class.getMethod("set", String.class, String.class);
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException("It is right there", e);
      }
    }
  }
}
