package io.flafka.bench;

import java.util.List;
import java.util.Optional;

/** What went wrong first, by a log. */
final class FirstError {
  private static final int LONGEST = 400;

  private FirstError() {}

  /** The first line logged as an error without its time, and the exception under it, if any. */
  static Optional<String> in(List<String> log) {
    for (int i = 0; i < log.size(); i++) {
      String line = log.get(i);
      int level = line.indexOf(" ERROR ");
      if (level >= 0) {
        String under = i + 1 < log.size() ? log.get(i + 1) : "";
        String error = line.substring(level + 1).strip();
        return Optional.of(shorten(isException(under) ? error + " " + under : error));
      }
    }
    return Optional.empty();
  }

  private static boolean isException(String line) {
    return line.matches("[\\w.$]+(Exception|Error)\\b.*");
  }

  private static String shorten(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
