package io.flafka.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param landed lines that readers see
 * @param foreign lines among them that nobody wrote, torn ones for example
 * @param unread files that the agents have not finished
 * @param inUse files that are not published, and belong to nobody any more
 * @param unreadable files that are published, and that nobody can read
 * @param deaths agents that ended by themselves
 * @param audit what {@code flafka audit} finds fault with
 */
record Verdict(
    Pipeline pipeline,
    Map<Fault, Integer> faults,
    long lines,
    long landed,
    long lost,
    long doubled,
    long foreign,
    long unread,
    List<String> inUse,
    long unreadable,
    List<String> deaths,
    List<String> audit) {
  /** What is wrong with it; empty if nothing is. */
  List<String> problems() {
    List<String> problems = new ArrayList<>(deaths);
    add(problems, lost, "lines are lost");
    add(problems, pipeline.doubles() ? 0 : doubled, "lines are doubled");
    add(problems, foreign, "lines landed that nobody wrote");
    add(problems, unread, "files are not read to the end");
    add(problems, inUse.size(), "files are left in use, " + inUse.stream().limit(3).toList());
    add(problems, unreadable, "files are published, and nobody can read them");
    problems.addAll(audit);
    return problems;
  }

  private static void add(List<String> problems, long count, String what) {
    if (count > 0) {
      problems.add(String.format(Locale.ROOT, "%,d %s", count, what));
    }
  }

  /** As Markdown has tables. */
  String table() {
    List<String> rows = new ArrayList<>();
    rows.add("| | " + pipeline + " |");
    rows.add("| --- | ---: |");
    rows.add(row("faults", faults.values().stream().mapToInt(Integer::intValue).sum()));
    rows.add(row("lines in", lines));
    rows.add(row("lines landed", landed));
    rows.add(row("lost", lost));
    rows.add(row("doubled", doubled));
    rows.add(row("torn or foreign", foreign));
    rows.add(row("files not read to the end", unread));
    rows.add(row("files left in use", inUse.size()));
    rows.add(row("files that nobody can read", unreadable));
    rows.add(row("agents that died by themselves", deaths.size()));
    return String.join("\n", rows);
  }

  private static String row(String what, long count) {
    return String.format(Locale.ROOT, "| %s | %,d |", what, count);
  }
}
