package io.flafka.tools.audit;

import io.flafka.delivery.Span;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report for people: a table of the partitions, then what is to be said, then the answer. */
final class TextReport {
  private static final int RANGES = 5;
  private static final int NAMED = 10;

  private final Report report;
  private final PrintWriter out;

  TextReport(Report report, PrintWriter out) {
    this.report = report;
    this.out = out;
  }

  void print() {
    head();
    partitions();
    findings();
    answer();
    out.flush();
  }

  private void line(String format, Object... values) {
    out.println(say(format, values));
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private void head() {
    Report.Totals totals = report.totals();
    line("topic %s (%s), group %s", report.topic(), report.topicId(), report.group());
    line(
        "%s%s: %,d manifests, %,d files, %,d events, %,d bytes%s",
        report.records(),
        report.since() == null ? "" : " since " + report.since(),
        totals.manifests(),
        totals.files(),
        totals.events(),
        totals.bytes(),
        totals.others() == 0 ? "" : say("; %,d of others left out", totals.others()));
    out.println();
  }

  private void partitions() {
    Table table = new Table("PARTITION", "TOPIC", "LANDED", "COMMITTED", "STATE");
    for (Report.Partition partition : report.partitions()) {
      List<String> landed = ranges(partition.landed());
      table.row(
          report.topic() + "-" + partition.partition(),
          text(new Span(partition.beginning(), partition.end())),
          landed.get(0),
          partition.committed() == null ? "-" : partition.committed().toString(),
          state(partition));
      landed.stream().skip(1).forEach(more -> table.row("", "", more, "", ""));
    }
    table.print(out);
    out.println();
  }

  private static List<String> ranges(List<Span> landed) {
    if (landed.isEmpty()) {
      return List.of("-");
    }
    List<String> texts =
        new ArrayList<>(landed.stream().limit(RANGES).map(TextReport::text).toList());
    if (landed.size() > RANGES) {
      texts.add("and " + (landed.size() - RANGES) + " more");
    }
    return texts;
  }

  private static String text(Span span) {
    return "[" + span.from() + ", " + span.to() + ")";
  }

  private static String state(Report.Partition partition) {
    List<String> words = new ArrayList<>();
    count(partition.gapCount(), "gap", "gaps", words);
    count(partition.overlapCount(), "overlap", "overlaps", words);
    if (!partition.pending().isEmpty()) {
      words.add(partition.pending().size() + " pending");
    }
    if (!partition.beyond().isEmpty()) {
      words.add("past the group");
    }
    if (words.isEmpty()) {
      if (partition.committed() == null) {
        words.add("nothing committed");
      } else {
        words.add("complete");
      }
    }
    if (!partition.staged().isEmpty()) {
      words.add(partition.staged().size() + " staged");
    }
    return String.join(", ", words);
  }

  private static void count(long count, String one, String many, List<String> words) {
    if (count > 0) {
      words.add(say("%,d %s", count, count == 1 ? one : many));
    }
  }

  private void findings() {
    List<String> sentences = new ArrayList<>();
    report.partitions().forEach(partition -> add(partition, sentences));
    report.runs().stream()
        .filter(run -> run.files() + run.manifests() + run.torn() > 0)
        .forEach(run -> sentences.add(text(run)));
    Report.Files files = report.files();
    if (files.missing() + files.changed() > 0) {
      sentences.add(
          say(
              "%,d files are not where they were published, %,d have another length: moved, merged"
                  + " or deleted since",
              files.missing(), files.changed()));
      first(files.named(), files.missing() + files.changed(), sentences);
    }
    Report.Deep deep = report.deep();
    if (deep != null) {
      sentences.add(text(deep));
      deep.named().forEach(one -> sentences.add("  " + one));
    }
    if (report.totals().newer() > 0) {
      sentences.add(
          say("%,d manifests came while this looked, and don't count", report.totals().newer()));
    }
    sentences.addAll(report.remarks());
    sentences.addAll(report.problems());
    sentences.forEach(out::println);
    if (!sentences.isEmpty()) {
      out.println();
    }
  }

  private void add(Report.Partition partition, List<String> sentences) {
    String name = report.topic() + "-" + partition.partition();
    first(
        partition.gaps().stream()
            .map(gap -> name + ": gap " + text(gap) + ": the topic has records there, no manifest")
            .toList(),
        partition.gapCount(),
        sentences);
    first(
        partition.overlaps().stream()
            .map(
                piece ->
                    say(
                        "%s: overlap [%d, %d): in %s, and in one before",
                        name, piece.from(), piece.to(), piece.manifest()))
            .toList(),
        partition.overlapCount(),
        sentences);
    pieces(name, "pending", "committed, to be published by", partition.pending(), sentences);
    pieces(name, "staged", "not committed, prepared by", partition.staged(), sentences);
    for (Span span : partition.beyond()) {
      sentences.add(
          say(
              "%s: %s has landed, and the group is before it: it will be landed again",
              name, text(span)));
    }
    if (partition.unseen() > 0) {
      sentences.add(
          say(
              "%s: %,d offsets are in no manifest, and in the topic no more, so that nobody can"
                  + " tell",
              name, partition.unseen()));
    }
  }

  private static void pieces(
      String name, String what, String why, List<Report.Piece> pieces, List<String> sentences) {
    first(
        pieces.stream()
            .map(
                piece ->
                    say(
                        "%s: %s [%d, %d): %s %s",
                        name, what, piece.from(), piece.to(), why, piece.manifest()))
            .toList(),
        pieces.size(),
        sentences);
  }

  private static void first(List<String> named, long count, List<String> sentences) {
    named.stream().limit(NAMED).map(one -> "  " + one).forEach(sentences::add);
    if (count > NAMED) {
      sentences.add("  and " + (count - NAMED) + " more; --json names a hundred");
    }
  }

  private static String text(Report.Deep deep) {
    List<String> words = new ArrayList<>();
    count(deep.compared(), "manifest has its lines", "manifests have their lines", words);
    count(deep.different(), "differs", "differ", words);
    count(deep.skipped(), "can't be compared", "can't be compared", words);
    return say("%,d lines compared: %s", deep.lines(), String.join(", ", words));
  }

  private static String text(Report.Run run) {
    List<String> words = new ArrayList<>();
    count(run.files(), "file without a manifest", "files without a manifest", words);
    count(run.manifests(), "manifest", "manifests", words);
    count(run.torn(), "torn manifest", "torn manifests", words);
    boolean orphans = !run.state().equals("in use") && run.files() + run.torn() > 0;
    return say(
        "%s of %s, last seen %s, has %s; it is %s%s",
        run.directory(),
        run.owner().isEmpty() ? "nobody known" : run.owner(),
        run.lastSign(),
        String.join(", ", words),
        run.state(),
        orphans
            ? ", so that what no manifest names are orphans, which the next sink clears away"
            : "");
  }

  private void answer() {
    out.println(
        report.isComplete()
            ? "Complete: all that the group has committed has landed, once."
            : "Not complete, or it can't be told: see above.");
  }
}
