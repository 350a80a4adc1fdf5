package io.flafka.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The files {@code bench.md}, {@code bench.tsv} and {@code bench.svg}, which grow as the results
 * come.
 */
final class Report {
  private final Path markdown;
  private final Path tsv;
  private final Path svg;
  private final Chart chart = new Chart();
  private final StringBuilder text;
  private final List<Result> results = new ArrayList<>();

  /**
   * Begins both files anew.
   *
   * @param circumstances the date, the machine and the versions
   */
  Report(Path folder, String circumstances) throws IOException {
    markdown = folder.resolve("bench.md");
    tsv = folder.resolve("bench.tsv");
    svg = folder.resolve("bench.svg");
    text = new StringBuilder("Measured by ./bench.sh on " + circumstances + ".\n");
    Files.writeString(markdown, text);
    Files.writeString(tsv, Result.HEADING + "\n");
  }

  /** Adds a line to the raw figures. */
  void add(Result result) {
    results.add(result);
    try {
      Files.writeString(tsv, result.tsv() + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds the table of a scenario that has ended. */
  <S extends Subject> void end(Scenario<S> scenario, int rounds, long events) throws IOException {
    List<Result> own =
        results.stream().filter(result -> result.scenario().equals(scenario.name())).toList();
    long restless = own.stream().filter(result -> !result.calm()).count();
    text.append(
        """

        ## %s

        %s. Medians of %d rounds.%s

        """
            .formatted(
                scenario.name(),
                scenario.caption(events),
                rounds,
                restless == 0
                    ? ""
                    : " Before %d of %d runs the machine did not come to rest."
                        .formatted(restless, own.size())));
    Table<S> table = new Table<>(scenario.layout(), scenario.subjects(), own);
    text.append(table.markdown());
    Files.writeString(markdown, text);
    String title = scenario.name() + ": " + scenario.layout().unit().rateHeading();
    chart.add(new Chart.Group(title, table.bars()));
    Files.writeString(svg, chart.svg());
  }

  /** All tables so far. */
  String markdown() {
    return text.toString();
  }

  boolean anyFailed() {
    return results.stream().anyMatch(result -> result.outcome() instanceof Outcome.Failed);
  }
}
