package io.flafka.weblog.line;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a line tells beside its time. */
public enum Field {
  HOST("host"),
  IDENT("ident"),
  USER("user"),

  /** All between the quotes, of which the next four are parts if it is a request at all. */
  REQUEST("request"),
  METHOD("method"),

  /** What is asked for, up to a question mark. */
  PATH("path"),

  /** What is behind the question mark. */
  QUERY("query"),
  PROTOCOL("protocol"),
  STATUS("status"),
  BYTES("bytes"),
  REFERER("referer"),
  USER_AGENT("userAgent");

  private static final Pattern COMMA = Pattern.compile(",");

  /** All but those that combined has and common has not. */
  static final Set<Field> COMMON =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(REFERER, USER_AGENT)));

  static final Set<Field> COMBINED = Collections.unmodifiableSet(EnumSet.allOf(Field.class));

  /** What a request is taken apart into. */
  static final Set<Field> OF_REQUEST =
      Collections.unmodifiableSet(EnumSet.of(METHOD, PATH, QUERY, PROTOCOL));

  private final String text;

  Field(String text) {
    this.text = text;
  }

  /** As users write it. */
  public String text() {
    return text;
  }

  /** All names, with commas between. */
  public static String names() {
    return Arrays.stream(values()).map(Field::text).collect(Collectors.joining(", "));
  }

  /**
   * The field of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Field parse(String name) {
    return Arrays.stream(values())
        .filter(field -> field.text.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no \"" + name + "\""));
  }

  /**
   * The fields of names with commas between, in the order of a line.
   *
   * @throws IllegalArgumentException if one of them is none
   */
  public static Set<Field> parseList(String names) {
    return COMMA
        .splitAsStream(names)
        .map(name -> parse(name.strip()))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Field.class)));
  }
}
