package io.flafka.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The results of one scenario, as a Markdown table: medians, and ratios of medians to stock's. */
final class Table {
  private static final String HEADING =
      """
      | subject | parseAsFlumeEvent | batch | k events/s | least - most | to stock, same batch \
      | to the best stock | CPU us/event | peak MB | runs |
      | --- | --- | --: | --: | --: | --: | --: | --: | --: | --: |
      """;

  private final List<Subject> order;
  private final List<Result> results;

  /**
   * Of any results.
   *
   * @param order the subjects in the order of the rows; those without a result are left out
   */
  Table(List<Subject> order, List<Result> results) {
    this.order = List.copyOf(order);
    this.results = List.copyOf(results);
  }

  /** The table, and under it a line for each subject that failed, with its first failure. */
  String markdown() {
    StringBuilder text = new StringBuilder(HEADING);
    for (Subject subject : subjects().toList()) {
      text.append(row(subject)).append('\n');
    }
    subjects().forEach(subject -> firstFailure(subject).ifPresent(text::append));
    return text.toString();
  }

  private Optional<String> firstFailure(Subject subject) {
    for (Result result : results) {
      if (result.subject().equals(subject) && result.outcome() instanceof Outcome.Failed failed) {
        return Optional.of(
            "\n%s failed in round %d: %s\n"
                .formatted(subject.name(), result.round(), failed.line()));
      }
    }
    return Optional.empty();
  }

  private String row(Subject subject) {
    List<Outcome.Measured> measured = measured(subject);
    long runs = results.stream().filter(result -> result.subject().equals(subject)).count();
    String cells =
        measured.isEmpty()
            ? "failed | - | - | - | - | -"
            : cells(measured, sameStock(subject), bestStock());
    return "| %s | %s | %s | %s | %d of %d |"
        .formatted(
            subject.contender().label(),
            subject.parsesAsFlumeEvent(),
            subject.batch() == 0 ? "-" : "%,d".formatted(subject.batch()),
            cells,
            measured.size(),
            runs);
  }

  private static String cells(
      List<Outcome.Measured> measured, OptionalDouble sameStock, OptionalDouble bestStock) {
    Spread rate = Spread.of(measured.stream().map(one -> one.steady().rate()).toList());
    Spread cpu = Spread.of(measured.stream().map(one -> one.steady().cpuMicros()).toList());
    long peak = measured.stream().mapToLong(Outcome.Measured::peakBytes).max().orElse(0);
    return String.format(
        Locale.ROOT,
        "%.0f | %.0f - %.0f | %s | %s | %.2f | %s",
        rate.median() / 1e3,
        rate.least() / 1e3,
        rate.most() / 1e3,
        ratio(rate.median(), sameStock),
        ratio(rate.median(), bestStock),
        cpu.median(),
        peak == 0 ? "-" : String.valueOf(peak >> 20));
  }

  private static String ratio(double rate, OptionalDouble stock) {
    return stock.isPresent() ? String.format(Locale.ROOT, "%.2f", rate / stock.getAsDouble()) : "-";
  }

  private OptionalDouble sameStock(Subject subject) {
    return best(other -> other.isStockOf(subject));
  }

  private OptionalDouble bestStock() {
    return best(subject -> subject.contender() == Contender.STOCK);
  }

  private OptionalDouble best(Predicate<Subject> which) {
    return subjects()
        .filter(which)
        .map(this::measured)
        .filter(measured -> !measured.isEmpty())
        .mapToDouble(
            measured -> Spread.of(measured.stream().map(m -> m.steady().rate()).toList()).median())
        .max();
  }

  private Stream<Subject> subjects() {
    return order.stream()
        .filter(subject -> results.stream().anyMatch(result -> result.subject().equals(subject)));
  }

  private List<Outcome.Measured> measured(Subject subject) {
    List<Outcome.Measured> measured = new ArrayList<>();
    for (Result result : results) {
      if (result.subject().equals(subject) && result.outcome() instanceof Outcome.Measured one) {
        measured.add(one);
      }
    }
    return measured;
  }
}
