package io.flafka.tools.audit;

import io.flafka.tools.audit.SpoolReport.File;
import io.flafka.tools.command.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A report on a spooling directory for people: a table of files, what is to be said, the answer.
 */
final class SpoolTextReport {
  private static final int NAMED = 10;

  private final SpoolReport report;
  private final PrintWriter out;

  SpoolTextReport(SpoolReport report, PrintWriter out) {
    this.report = report;
    this.out = out;
  }

  void print() {
    out.printf(
        "%s, transactional id %s in %s%n",
        report.spoolDir(), report.transactionalId(), report.ledgerTopic());
    out.println(counts());
    out.println();
    if (!report.files().isEmpty()) {
      files();
      out.println();
    }
    List<String> sentences = sentences();
    sentences.forEach(out::println);
    if (!sentences.isEmpty()) {
      out.println();
    }
    out.println(
        report.isComplete()
            ? "Complete: all that was read is in the topic, once, up to the ledger's positions."
            : "Not complete, or it can't be told: see above.");
    out.flush();
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private String counts() {
    long all = report.counts().values().stream().mapToLong(Long::longValue).sum();
    return say("%,d files", all)
        + (all == 0
            ? ""
            : report.counts().entrySet().stream()
                .map(each -> say("%,d %s", each.getValue(), each.getKey()))
                .collect(Collectors.joining(", ", ": ", "")));
  }

  private void files() {
    Table table = new Table().row("FILE", "STATE", "LENGTH", "LEDGER", "TRACKER", "VERDICT");
    report
        .counts()
        .forEach(
            (verdict, count) -> {
              report.files().stream()
                  .filter(file -> file.verdict() == verdict)
                  .limit(NAMED)
                  .forEach(file -> row(file, table));
              if (count > NAMED) {
                table.row(say("and %,d more", count - NAMED), "", "", "", "", verdict.toString());
              }
            });
    table.print(out);
  }

  private static void row(File file, Table table) {
    table.row(
        file.path(),
        file.state().toString(),
        text(file.length()) + (file.unit().equals("bytes") ? "" : " " + file.unit()),
        text(file.ledger()),
        text(file.tracker()),
        file.verdict() + (file.missing() == null ? "" : say(": %,d", file.missing())));
  }

  private static String text(@Nullable Long offset) {
    return offset == null ? "-" : offset.toString();
  }

  private List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    List<File> noted = report.files().stream().filter(file -> file.note() != null).toList();
    noted.stream()
        .limit(NAMED)
        .forEach(file -> sentences.add("  " + file.path() + ": " + file.note()));
    if (noted.size() > NAMED) {
      sentences.add("  and more; --json says it of a hundred files of each verdict");
    }
    if (report.quarantined() > 0) {
      sentences.add(
          say(
              "%,d files or events are in quarantine, with reports of what of them is in the topic:"
                  + " put the rest in again, and delete them there",
              report.quarantined()));
      report.quarantine().stream().limit(NAMED).forEach(path -> sentences.add("  " + path));
    }
    if (report.unremembered() > 0) {
      sentences.add(
          say(
              "%,d retired files are from before %s, and no stream ends where they do: they can't"
                  + " be proved, and don't count",
              report.unremembered(),
              report.since() == null ? "what the ledger remembers, seven days" : report.since()));
    }
    if (report.elsewhere() > 0) {
      sentences.add(
          say(
              "%,d streams in the ledger are of files that are not here: deleted, archived, or of"
                  + " another directory",
              report.elsewhere()));
    }
    sentences.addAll(report.problems());
    return sentences;
  }
}
