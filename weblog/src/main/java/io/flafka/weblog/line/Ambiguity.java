package io.flafka.weblog.line;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In how many ways a line can be divided among the texts of any length in a LogFormat.
 *
 * <p>A regular expression tries them all before it gives up. With {@code "%r" "%{A}i" "%{B}i"} a
 * line of 400 quotes takes it a second and one of 4,000 hours. So such a line isn't tried: whoever
 * could write it into a log could halt the agent that reads it.
 *
 * @param separators what comes behind each text of any length; empty where nothing does
 */
record Ambiguity(List<String> separators) {
  /** That many take about a tenth of a second. */
  private static final long MOST = 1_000_000;

  private static final Pattern LITERAL = Pattern.compile("\\\\Q(.*?)\\\\E");
  private static final Pattern ANY_TEXT =
      Pattern.compile("\\((?:\\?:)?\\.\\*\\??\\)(?:\\\\Q(.*?)\\\\E)?");
  private static final Pattern REPEATED_GROUP = Pattern.compile("\\)[*+{]");

  /**
   * Looks through the expression that the library made of a LogFormat.
   *
   * @throws IllegalArgumentException if the library left a directive as it was, or repeats what has
   *     repetitions in it
   */
  static Ambiguity of(String expression) {
    Matcher literals = LITERAL.matcher(expression);
    while (literals.find()) {
      String literal = literals.group(1);
      if (literal.contains("%") && !literal.equals("%")) { // A percent sign alone was doubled.
        throw new IllegalArgumentException("what is \"" + literal.strip() + "\"?");
      }
    }
    if (REPEATED_GROUP.matcher(expression).find()) {
      throw new IllegalArgumentException(
          "there is a directive in it that takes some lines for ever to read");
    }
    List<String> separators = new ArrayList<>();
    Matcher texts = ANY_TEXT.matcher(expression);
    while (texts.find()) {
      separators.add(texts.group(1) == null ? "" : texts.group(1));
    }
    return new Ambiguity(List.copyOf(separators));
  }

  /** Whether it would take too long to find out that a line doesn't match. */
  boolean isTooMuchIn(String line) {
    long ways = 1;
    for (String separator : separators) {
      ways *= Math.max(1, separator.isEmpty() ? line.length() : occurrences(separator, line));
      if (ways > MOST) {
        return true;
      }
    }
    return false;
  }

  private static int occurrences(String separator, String line) {
    int count = 0;
    for (int i = line.indexOf(separator); i != -1; i = line.indexOf(separator, i + 1)) {
      count++;
    }
    return count;
  }
}
