package io.flafka.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.bench.load.Format;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final ChannelSubject STOCK_SMALL =
      new ChannelSubject(Contender.STOCK, Format.RAW, 1_000);
  private static final ChannelSubject STOCK_LARGE =
      new ChannelSubject(Contender.STOCK, Format.RAW, 10_000);
  private static final ChannelSubject OURS =
      new ChannelSubject(Contender.AT_LEAST_ONCE, Format.RAW, 1_000);
  private static final ChannelSubject STRICT =
      new ChannelSubject(Contender.EXACTLY_ONCE, Format.RAW, 1_000);
  private static final ChannelSubject BARE = new ChannelSubject(Contender.BARE, Format.RAW, 0);
  private static final List<ChannelSubject> ALL =
      List.of(STOCK_SMALL, STOCK_LARGE, OURS, STRICT, BARE);

  private static Result measured(
      int round, ChannelSubject subject, double rate, long peakMegabytes) {
    Outcome outcome = new Outcome.Measured(new Steady(rate, 1.234, 4.567), peakMegabytes << 20);
    return new Result("put", round, subject, 5_000, true, outcome);
  }

  private static Result failed(int round, ChannelSubject subject) {
    return new Result("put", round, subject, 5_000, true, new Outcome.Failed("it\ndied"));
  }

  private static List<String> rows(Result... results) {
    return new Table<>(ChannelSubject.LAYOUT, ALL, List.of(results))
        .markdown()
        .lines()
        .skip(2)
        .toList();
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
  void headsItsColumns() {
    assertThat(new Table<>(ChannelSubject.LAYOUT, ALL, List.of()).markdown())
        .isEqualTo(
            """
            | subject | parseAsFlumeEvent | batch | k events/s | least - most \
            | to stock, same batch | to the best stock | CPU us/event | peak MB | runs |
            | --- | --- | --: | --: | --: | --: | --: | --: | --: | --: |
            """);
  }

  @Test
  void comparesWhatFilesCost() {
    BacklogSubject stock = new BacklogSubject(Spooler.STOCK, 1_000);
    BacklogSubject few = new BacklogSubject(Spooler.FLAFKA, 1_000);
    BacklogSubject many = new BacklogSubject(Spooler.FLAFKA, 100_000);
    List<Result> results =
        List.of(files(stock, 100, 6_000), files(few, 5_000, 100), files(many, 12_345.6, 120));

    assertThat(
            new Table<>(BacklogSubject.LAYOUT, List.of(stock, few, many), results)
                .markdown()
                .lines()
                .skip(2))
        .containsExactly(
            "| stock | 1,000 | 100 | 100 - 100 | 1.00 | 1.00 | 1.00 | 6000 | - | 1 of 1 |",
            "| flafka | 1,000 | 5000 | 5000 - 5000 | 50.00 | 0.017 | 1.00 | 100 | - | 1 of 1 |",
            "| flafka | 100,000 | 12346 | 12346 - 12346 | - | - | 1.20 | 120 | - | 1 of 1 |");
  }

  private static Result files(BacklogSubject subject, double rate, double micros) {
    Outcome outcome = new Outcome.Measured(new Steady(rate, micros), 0);
    return new Result("small-files", 1, subject, 5_000, true, outcome);
  }

  @Test
  void comparesWhatAnEventCostsWithWhereThereIsLeast() {
    ScaleSubject stock = new ScaleSubject(Contender.STOCK, 200);
    ScaleSubject few = new ScaleSubject(Contender.EXACTLY_ONCE, 50);
    ScaleSubject more = new ScaleSubject(Contender.EXACTLY_ONCE, 200);
    List<Result> results =
        List.of(scaled(stock, 20_000, 30), scaled(few, 900_000, 1), scaled(more, 600_000, 1.5));

    assertThat(
            new Table<>(new LengthScaleScenario().layout(), List.of(stock, few, more), results)
                .markdown()
                .lines()
                .skip(2))
        .containsExactly(
            "| stock | 200 | 20 | 20 - 20 | 4 | 1.00 | 1.00 | - | 30.00 | - | 1 of 1 |",
            "| flafka-exactly-once | 50 | 900 | 900 - 900 | 46 | - | - | 1.00 | 1.00 | - | 1 of 1"
                + " |",
            "| flafka-exactly-once | 200 | 600 | 600 - 600 | 121 | 30.00 | 0.050 | 1.50 | 1.50 | -"
                + " | 1 of 1 |");
  }

  @Test
  void doesNotTakeAFewASecondForNone() {
    assertThat(Layout.Unit.EVENT.rate(115)).isEqualTo("0.12");
    assertThat(Layout.Unit.EVENT.rate(1_000)).isEqualTo("1");
    assertThat(Layout.Unit.FILE.rate(2)).isEqualTo("2");
  }

  private static Result scaled(ScaleSubject subject, double rate, double micros) {
    Outcome outcome = new Outcome.Measured(new Steady(rate, micros), 0);
    return new Result("scale-length", 1, subject, 5_000, true, outcome);
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
    assertThat(Result.HEADING.split("\t")).hasSize(12);
    assertThat(measured(2, OURS, 612_345.6, 5).tsv())
        .isEqualTo("put\t2\tflafka-raw-1000\t5000\ttrue\t612345.600\t1.234\t4.567\t5\t0.0\t0.0\t");
    assertThat(failed(3, BARE).tsv())
        .isEqualTo("put\t3\tbare-raw\t5000\ttrue\t\t\t\t\t\t\tit died");
  }
}
