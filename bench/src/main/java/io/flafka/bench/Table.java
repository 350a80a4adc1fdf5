package io.flafka.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results of one scenario, as a Markdown table: medians, and ratios of medians. */
final class Table<S extends Subject> {
  private static final String NOTHING = "-";

  private final Layout<S> layout;
  private final List<S> order;
  private final List<Result> results;

  /**
   * Of any results.
   *
   * @param order the subjects in the order of the rows; those without a result are left out
   */
  Table(Layout<S> layout, List<S> order, List<Result> results) {
    this.layout = layout;
    this.order = List.copyOf(order);
    this.results = List.copyOf(results);
  }

  /** The table, and under it a line for each subject that failed, with its first failure. */
  String markdown() {
    StringBuilder text = new StringBuilder(heading());
    for (S subject : subjects().toList()) {
      text.append(row(subject)).append('\n');
    }
    subjects().forEach(subject -> firstFailure(subject).ifPresent(text::append));
    return text.toString();
  }

  /** The same as bars; none where less is better. */
  List<Chart.Bar> bars() {
    return layout.unit().isPace()
        ? subjects().filter(subject -> !measured(subject).isEmpty()).map(this::bar).toList()
        : List.of();
  }

  private Chart.Bar bar(S subject) {
    double rate = median(subject, Steady::rate);
    return new Chart.Bar(
        subject.name(), rate, layout.unit().rate(rate), subject.name().startsWith("flafka"));
  }

  private String heading() {
    List<String> figures = new ArrayList<>(List.of(layout.unit().rateHeading(), "least - most"));
    layout.columns().forEach(column -> figures.add(column.heading()));
    layout.comparisons().forEach(comparison -> figures.add(comparison.heading()));
    figures.addAll(List.of(layout.unit().cpuHeading(), "peak MB", "runs"));
    List<String> headings = new ArrayList<>(layout.headings());
    List<String> alignments = new ArrayList<>();
    for (int i = 0; i < headings.size(); i++) {
      // What is told of a subject last is a number.
      alignments.add(i > 0 && i == headings.size() - 1 ? "--:" : "---");
    }
    headings.addAll(figures);
    figures.forEach(figure -> alignments.add("--:"));
    return line(headings) + line(alignments);
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private Optional<String> firstFailure(S subject) {
    for (Result result : results) {
      if (result.subject().equals(subject) && result.outcome() instanceof Outcome.Failed failed) {
        return Optional.of(
            "\n%s failed in round %d: %s\n"
                .formatted(subject.name(), result.round(), failed.line()));
      }
    }
    return Optional.empty();
  }

  private String row(S subject) {
    List<Outcome.Measured> measured = measured(subject);
    long runs = results.stream().filter(result -> result.subject().equals(subject)).count();
    List<String> cells = new ArrayList<>(subject.cells());
    cells.addAll(measured.isEmpty() ? noFigures() : figures(subject, measured));
    cells.add("%d of %d".formatted(measured.size(), runs));
    return line(cells).stripTrailing();
  }

  private List<String> noFigures() {
    List<String> cells = new ArrayList<>(List.of("failed", NOTHING, NOTHING, NOTHING));
    layout.columns().forEach(column -> cells.add(NOTHING));
    layout.comparisons().forEach(comparison -> cells.add(NOTHING));
    return cells;
  }

  private List<String> figures(S subject, List<Outcome.Measured> measured) {
    Spread rate = Spread.of(measured.stream().map(one -> one.steady().rate()).toList());
    long peak = measured.stream().mapToLong(Outcome.Measured::peakBytes).max().orElse(0);
    Layout.Unit unit = layout.unit();
    List<String> cells = new ArrayList<>();
    cells.add(unit.rate(rate.median()));
    cells.add(unit.rate(rate.least()) + " - " + unit.rate(rate.most()));
    layout.columns().forEach(column -> cells.add(further(subject, column, measured)));
    layout.comparisons().forEach(comparison -> cells.add(ratio(subject, comparison)));
    cells.add(unit.cpu(median(subject, Steady::cpuMicros)));
    cells.add(peak == 0 ? NOTHING : String.valueOf(peak >> 20));
    return cells;
  }

  private static <S extends Subject> String further(
      S subject, Column<S> column, List<Outcome.Measured> measured) {
    List<Double> figures =
        measured.stream().map(one -> column.figure().applyAsDouble(subject, one)).toList();
    return String.format(Locale.ROOT, column.format(), Spread.of(figures).median());
  }

  private String ratio(S subject, Comparison<S> comparison) {
    return subjects()
        .filter(other -> comparison.with().test(subject, other) && !measured(other).isEmpty())
        .max(Comparator.comparingDouble(other -> median(other, Steady::rate)))
        .map(
            other ->
                decimals(median(subject, comparison.figure()) / median(other, comparison.figure())))
        .orElse(NOTHING);
  }

  private double median(S subject, ToDoubleFunction<Steady> figure) {
    return Spread.of(
            measured(subject).stream().map(one -> figure.applyAsDouble(one.steady())).toList())
        .median();
  }

  /** Two decimals, or three for less than a tenth, which is where they matter. */
  private static String decimals(double ratio) {
    if (ratio < 0.001) {
      return "< 0.001";
    }
    return String.format(Locale.ROOT, ratio < 0.1 ? "%.3f" : ratio < 100 ? "%.2f" : "%.0f", ratio);
  }

  private Stream<S> subjects() {
    return order.stream()
        .filter(subject -> results.stream().anyMatch(result -> result.subject().equals(subject)));
  }

  private List<Outcome.Measured> measured(S subject) {
    List<Outcome.Measured> measured = new ArrayList<>();
    for (Result result : results) {
      if (result.subject().equals(subject) && result.outcome() instanceof Outcome.Measured one) {
        measured.add(one);
      }
    }
    return measured;
  }
}
