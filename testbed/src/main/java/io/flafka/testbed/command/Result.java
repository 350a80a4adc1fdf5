package io.flafka.testbed.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * How a quickstart came out; without a reason it came out well.
 *
 * @param lines lines in
 * @param records records in the topic
 * @param landed lines landed
 * @param inUse files left that are not published
 */
record Result(
    long lines,
    long records,
    long landed,
    long lost,
    long doubled,
    int kills,
    List<Path> inUse,
    double seconds) {
  String table() {
    List<String> rows = new ArrayList<>();
    rows.add(row("lines in", lines));
    rows.add(row("records in the topic", records));
    rows.add(row("lines landed", landed));
    rows.add(row("lost", lost));
    rows.add(row("doubled", doubled));
    rows.add(row("files left in use", inUse.size()));
    rows.add(row("times killed", kills));
    rows.add("%-20s %,15.1f".formatted("seconds", seconds));
    rows.add("%-20s %,15.0f".formatted("lines per second", landed / seconds));
    return "\n" + String.join("\n", rows);
  }

  private static String row(String name, long count) {
    return "%-20s %,15d".formatted(name, count);
  }

  Optional<String> reason() {
    List<String> reasons = new ArrayList<>();
    if (lost != 0 || doubled != 0) {
      reasons.add("%,d lines lost and %,d doubled".formatted(lost, doubled));
    }
    if (records != lines) {
      reasons.add("%,d lines became %,d records".formatted(lines, records));
    }
    if (!inUse.isEmpty()) {
      reasons.add("left, and not published: " + inUse);
    }
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
  }
}
