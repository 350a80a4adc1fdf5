package io.flafka.bench;

import java.util.List;
import java.util.Locale;

/**
 * How the results of a scenario are shown.
 *
 * @param unit what is counted
 * @param headings of the cells of a subject
 * @param columns further figures, in front of what is compared
 */
record Layout<S extends Subject>(
    Unit unit, List<String> headings, List<Column<S>> columns, List<Comparison<S>> comparisons) {

  Layout(Unit unit, List<String> headings, List<Comparison<S>> comparisons) {
    this(unit, headings, List.of(), comparisons);
  }

  /** What is counted, and how large its figures are. */
  enum Unit {
    EVENT("event", 1e3, "%.2f"),
    FILE("file", 1, "%.0f"),
    /** Its figure is the time that it takes. */
    LATENCY("line", 1, "%.2f") {
      @Override
      String rateHeading() {
        return "ms for 99 of 100";
      }

      @Override
      String rate(double rate) {
        return String.format(Locale.ROOT, "%.1f", 1e3 / rate);
      }

      @Override
      String cpuHeading() {
        return "% of a core";
      }

      @Override
      String cpu(double micros) {
        return String.format(Locale.ROOT, "%.2f", micros * TrickleScenario.RATE / 1e4);
      }

      @Override
      String words(Steady steady) {
        return "%s ms for 99 of 100, %s %% of a core"
            .formatted(rate(steady.rate()), cpu(steady.cpuMicros()));
      }
    },
    /** Nothing is done, so its figure is what it costs all the same. */
    IDLE("line", 1, "%.0f") {
      @Override
      String rateHeading() {
        return "% of a core";
      }

      @Override
      String rate(double rate) {
        return String.format(Locale.ROOT, "%.2f", 100 / rate);
      }

      @Override
      String cpu(double micros) {
        return "-";
      }

      @Override
      String words(Steady steady) {
        return rate(steady.rate()) + " % of a core";
      }
    },
    /** It is done once, so its figure is the time that it takes. */
    STOP("stop", 1, "%.0f") {
      @Override
      String rateHeading() {
        return "s to stop";
      }

      @Override
      String rate(double rate) {
        return String.format(Locale.ROOT, "%.2f", 1 / rate);
      }

      @Override
      String cpu(double micros) {
        return "-";
      }

      @Override
      String words(Steady steady) {
        return rate(steady.rate()) + " s to stop";
      }
    };

    private final String word;
    private final double divisor;
    private final String cpuFormat;

    Unit(String word, double divisor, String cpuFormat) {
      this.word = word;
      this.divisor = divisor;
      this.cpuFormat = cpuFormat;
    }

    String rateHeading() {
      return (divisor == 1 ? "" : "k ") + word + "s/s";
    }

    /** Whether its rate is what is wanted, and the more the better. */
    boolean isPace() {
      return this == EVENT || this == FILE;
    }

    /** So many a second, as the heading says; of less than one, two decimals. */
    String rate(double rate) {
      double shown = rate / divisor;
      return String.format(Locale.ROOT, shown < 1 ? "%.2f" : "%.0f", shown);
    }

    String cpuHeading() {
      return "CPU us/" + word;
    }

    /** So many microseconds for each, as the heading says. */
    String cpu(double micros) {
      return String.format(Locale.ROOT, cpuFormat, micros);
    }

    /** All in one line. */
    String words(Steady steady) {
      return String.format(
          Locale.ROOT, "%,.0f %ss/s, %s us/%s", steady.rate(), word, cpu(steady.cpuMicros()), word);
    }
  }
}
