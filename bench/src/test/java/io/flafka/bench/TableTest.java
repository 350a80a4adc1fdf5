package io.flafka.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.bench.load.Format;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final Subject STOCK_SMALL = new Subject(Contender.STOCK, Format.RAW, 1_000);
  private static final Subject STOCK_LARGE = new Subject(Contender.STOCK, Format.RAW, 10_000);
  private static final Subject OURS = new Subject(Contender.AT_LEAST_ONCE, Format.RAW, 1_000);
  private static final Subject STRICT = new Subject(Contender.EXACTLY_ONCE, Format.RAW, 1_000);
  private static final Subject BARE = new Subject(Contender.BARE, Format.RAW, 0);
  private static final List<Subject> ALL = List.of(STOCK_SMALL, STOCK_LARGE, OURS, STRICT, BARE);

  private static Result measured(int round, Subject subject, double rate, long peakMegabytes) {
    Outcome outcome = new Outcome.Measured(new Steady(rate, 1.234), peakMegabytes << 20);
    return new Result("put", round, subject, 5_000, true, outcome);
  }

  private static Result failed(int round, Subject subject) {
    return new Result("put", round, subject, 5_000, true, new Outcome.Failed("it\ndied"));
  }

  private static List<String> rows(Result... results) {
    return new Table(ALL, List.of(results)).markdown().lines().skip(2).toList();
  }

  @Test
  void comparesWithStockOfTheSameBatchAndWithTheBest() {
    assertThat(
            rows(
                measured(1, OURS, 600_000, 900),
                measured(1, STOCK_LARGE, 500_000, 700),
                measured(1, BARE, 1_000_000, 300),
                measured(1, STOCK_SMALL, 300_000, 700)))
        .containsExactly(
            "| stock | false | 1,000 | 300 | 300 - 300 | 1.00 | 0.60 | 1.23 | 700 | 1 of 1 |",
            "| stock | false | 10,000 | 500 | 500 - 500 | 1.00 | 1.00 | 1.23 | 700 | 1 of 1 |",
            "| flafka | false | 1,000 | 600 | 600 - 600 | 2.00 | 1.20 | 1.23 | 900 | 1 of 1 |",
            "| bare | false | - | 1000 | 1000 - 1000 | - | 2.00 | 1.23 | 300 | 1 of 1 |");
  }

  @Test
  void takesMediansOfTheRoundsAndTheMostMemory() {
    assertThat(
            rows(
                measured(1, OURS, 700_000, 800),
                measured(2, OURS, 100_000, 900),
                measured(3, OURS, 600_000, 700)))
        .containsExactly(
            "| flafka | false | 1,000 | 600 | 100 - 700 | - | - | 1.23 | 900 | 3 of 3 |");
  }

  @Test
  void tellsWhatFailedAndWhy() {
    assertThat(
            rows(
                failed(1, STRICT),
                failed(2, STRICT),
                measured(1, OURS, 600_000, 0),
                measured(2, OURS, 600_000, 0),
                failed(3, OURS)))
        .containsExactly(
            "| flafka | false | 1,000 | 600 | 600 - 600 | - | - | 1.23 | - | 2 of 3 |",
            "| flafka-exactly-once | false | 1,000 | failed | - | - | - | - | - | 0 of 2 |",
            "",
            "flafka-raw-1000 failed in round 3: it died",
            "",
            "flafka-exactly-once-raw-1000 failed in round 1: it died");
  }

  @Test
  void writesRawFiguresInOneLineEach() {
    assertThat(Result.HEADING.split("\t")).hasSize(9);
    assertThat(measured(2, OURS, 612_345.6, 5).tsv())
        .isEqualTo("put\t2\tflafka-raw-1000\t5000\ttrue\t612346\t1.234\t5\t");
    assertThat(failed(3, BARE).tsv()).isEqualTo("put\t3\tbare-raw\t5000\ttrue\t\t\t\tit died");
  }
}
