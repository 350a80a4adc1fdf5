package io.flafka.tools.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flafka.delivery.Span;
import io.flafka.tools.command.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TextReportTest {
  private static Report report(Report.Partition... partitions) {
    return report(null, partitions);
  }

  private static Report report(Report.@Nullable Deep deep, Report.Partition... partitions) {
    return new Report(
        "weblogs",
        "LXLl",
        "flume",
        "hdfs://nn/weblogs/_flafka",
        null,
        new Report.Totals(2, 3, 30, 3_000, 0, 0),
        List.of(partitions),
        List.of(
            new Report.Run(
                "hdfs://nn/weblogs/_flafka/runs/k1-1",
                "web1 process 4711",
                "2026-11-26T08:00:00Z",
                "dead",
                0,
                1,
                2)),
        new Report.Files(1, 0, List.of("hdfs://nn/weblogs/f is not there")),
        deep,
        List.of(),
        List.of());
  }

  private static Report.Partition complete() {
    return partition(List.of(new Span(0, 30)), List.of());
  }

  private static Report.Partition partition(List<Span> landed, List<Span> gaps) {
    return new Report.Partition(
        0,
        0,
        31,
        30L,
        30L,
        landed,
        gaps,
        gaps.size(),
        List.of(),
        0,
        List.of(),
        List.of(),
        List.of(),
        0);
  }

  private static String text(Report report) {
    StringWriter out = new StringWriter();
    new TextReport(report, new PrintWriter(out)).print();
    return out.toString();
  }

  @Test
  void tellsThatAllIsComplete() {
    assertThat(report(complete()).isComplete()).isTrue();
    assertThat(text(report(complete())))
        .contains("weblogs-0  [0, 31)  [0, 30)  30         complete")
        .contains("2 files without a manifest")
        .contains("is not there")
        .endsWith("Complete: all that the group has committed has landed, once.\n");
  }

  @Test
  void tellsEachGap() {
    Report gap =
        report(partition(List.of(new Span(0, 10), new Span(20, 30)), List.of(new Span(10, 20))));
    assertThat(gap.isComplete()).isFalse();
    assertThat(text(gap))
        .contains("weblogs-0  [0, 31)  [0, 10)   30         1 gap")
        .contains("gap [10, 20)")
        .endsWith("Not complete, or it can't be told: see above.\n");
  }

  @Test
  void whatDiffersOrCannotBeComparedIsNotComplete() {
    assertThat(report(new Report.Deep(2, 0, 0, 30, List.of()), complete()).isComplete()).isTrue();
    assertThat(report(new Report.Deep(1, 0, 1, 30, List.of()), complete()).isComplete()).isFalse();
    Report different = report(new Report.Deep(1, 1, 0, 30, List.of("m: lost: x")), complete());
    assertThat(different.isComplete()).isFalse();
    assertThat(text(different)).contains("30 lines compared").contains("\n  m: lost: x\n");
  }

  @Test
  void saysTheSameAsJson() throws Exception {
    JsonNode json = new ObjectMapper().readTree(Json.of(report(complete())));
    assertThat(json.get("complete").booleanValue()).isTrue();
    assertThat(json.at("/partitions/0/complete").booleanValue()).isTrue();
    assertThat(json.at("/partitions/0/landed/0/to").longValue()).isEqualTo(30);
    assertThat(json.at("/runs/0/state").textValue()).isEqualTo("dead");
  }
}
