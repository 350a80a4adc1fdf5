package io.flafka.tools.rescue;

import io.flafka.tools.command.Table;
import io.flafka.tools.rescue.Finding.Outcome;
import io.flafka.tools.rescue.Finding.Plan;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** A rescue for people: a table of what was left, then what became of it, then the answer. */
final class TextReport {
  private static final int NAMED = 100;

  private final PrintWriter out;
  private final String path;
  private final Instant now;

  /**
   * @param path the directory that all is below, as a full URI
   */
  TextReport(PrintWriter out, String path, Instant now) {
    this.out = out;
    this.path = path;
    this.now = now;
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }

  /** What was found, before anything is done. */
  void plan(Report report) {
    line(
        "%s: %,d found that dead sinks may have left%s%s",
        path, report.findings().size(), younger(report), live(report.live()));
    if (!report.findings().isEmpty()) {
      out.println();
      findings(report);
    }
    out.flush();
  }

  private static String live(long runs) {
    return runs == 0
        ? ""
        : String.format(
            Locale.ROOT, "; %,d %s signs of life", runs, runs == 1 ? "run shows" : "runs show");
  }

  private static String younger(Report report) {
    return report.younger() == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "; %,d %s younger than %s (--older-than) left alone",
            report.younger(),
            report.names(),
            Age.text(Duration.ofSeconds(report.olderThan())));
  }

  private void findings(Report report) {
    Table table = new Table().row("BYTES", "AGE", "STATE", "WHAT IT WOULD DO", "FILE");
    report.findings().stream()
        .limit(NAMED)
        .forEach(
            one ->
                table.row(
                    one.bytes() < 0 ? "-" : String.format(Locale.ROOT, "%,d", one.bytes()),
                    age(one.since()),
                    one.state(),
                    words(one),
                    shortened(one.path())));
    table.print(out);
    if (report.findings().size() > NAMED) {
      line("and %,d more; --json names all", report.findings().size() - NAMED);
    }
  }

  private static String words(Finding finding) {
    return finding.plan() == Plan.LEAVE ? "leave: " + finding.words() : finding.words();
  }

  private String age(String since) {
    if (since.isEmpty()) {
      return "-";
    }
    Duration age = Duration.between(Instant.parse(since), now);
    return Age.text(age.isNegative() ? Duration.ZERO : age);
  }

  private String shortened(String file) {
    return file.startsWith(path + "/") ? file.substring(path.length() + 1) : file;
  }

  /** What became of one of them. */
  void outcome(Outcome outcome) {
    line(
        "%s  %s: %s", outcome.done() ? "done" : "left", shortened(outcome.path()), outcome.words());
    out.flush();
  }

  /** Is it all done? */
  void answer(Report report) {
    if (!report.findings().isEmpty() || !report.problems().isEmpty()) {
      out.println();
    }
    report.problems().forEach(out::println);
    long done = report.outcomes().stream().filter(Outcome::done).count();
    long left = report.outcomes().size() - done;
    if (report.findings().isEmpty() && report.problems().isEmpty()) {
      out.println("Nothing is left to be done.");
    } else if (!report.applied()) {
      boolean leaves = report.findings().stream().allMatch(one -> one.plan() == Plan.LEAVE);
      out.println(
          "Nothing was changed." + (leaves ? "" : " To have it done, say the same with --apply."));
    } else {
      line("%,d done, %,d left%s", done, left, report.isComplete() ? "." : ": see above.");
    }
    out.flush();
  }
}
