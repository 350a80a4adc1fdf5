package io.flafka.spooldir;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A file that a test has put into a spooling directory, and what became of it there. Every line
 * begins with the number of its file, so that it can be told whose it is.
 */
final class Dropped {
  private static final int DIGITS = 4;

  /** What of a line must be left after a cut for it to be known. */
  private static final int LEAST = DIGITS + 2;

  private final int number;
  private final String name;
  private final long inode;
  private final List<String> contents = new ArrayList<>();
  private boolean removed;

  Dropped(int number, String name, long inode, String content) {
    this.number = number;
    this.name = name;
    this.inode = inode;
    contents.add(content);
  }

  /** Two lines or more, none of them empty; the last may lack its end. */
  static String content(int number, Random random) {
    StringBuilder text = new StringBuilder();
    int lines = 2 + random.nextInt(random.nextInt(8) == 0 ? 600 : 30);
    for (int line = 0; line < lines; line++) {
      text.append("%04d line %d ".formatted(number, line))
          .append("x".repeat(random.nextInt(random.nextInt(50) == 0 ? 5_000 : 40)))
          .append('\n');
    }
    return random.nextInt(4) == 0 ? text.substring(0, text.length() - 1) : text.toString();
  }

  /** The number of the file that a line is of. */
  static int numberOf(String line) {
    return Integer.parseInt(line.substring(0, DIGITS));
  }

  int number() {
    return number;
  }

  String name() {
    return name;
  }

  long inode() {
    return inode;
  }

  String content() {
    return contents.get(contents.size() - 1);
  }

  /** Notes that its content or its time was changed, in its place. */
  void changed(String content) {
    contents.add(content);
  }

  /** Notes that it was deleted, or another put in its place. */
  void remove() {
    removed = true;
  }

  boolean isChanged() {
    return contents.size() > 1;
  }

  boolean isRemoved() {
    return removed;
  }

  /** A place in its second line or behind it where it may be cut. */
  int cut(Random random) {
    int line = content().indexOf('\n') + 1;
    int end = content().indexOf('\n', line);
    int inside = Math.max(line, (end < 0 ? content().length() : end) - random.nextInt(20));
    return inside - line < LEAST ? line : inside;
  }

  /** Whether all of it may have been delivered, as it was at some time. */
  boolean isAll(List<String> lines) {
    return contents.stream().anyMatch(content -> lines(content).equals(lines));
  }

  /** Whether these are its first lines, as it was at some time. */
  boolean isBeginning(List<String> lines) {
    return contents.stream()
        .map(Dropped::lines)
        .anyMatch(all -> all.size() >= lines.size() && all.subList(0, lines.size()).equals(lines));
  }

  private static List<String> lines(String content) {
    return content.lines().collect(Collectors.toList());
  }

  /** Where the last of its first lines ends, at one time or another. */
  List<Long> ends(List<String> lines) {
    return contents.stream()
        .map(content -> Math.min(content.length(), String.join("\n", lines).length() + 1L))
        .map(end -> lines.isEmpty() ? 0 : end)
        .collect(Collectors.toList());
  }

  @Override
  public String toString() {
    return "file %d, %s, %s%s"
        .formatted(
            number,
            name,
            contents.stream().map(content -> content.length() + " bytes").toList(),
            removed ? ", removed" : "");
  }
}
