package io.flafka.testbed.weblogs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineTallyTest {
  private final LineTally tally = new LineTally();

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void balancesWhateverTheOrder() throws IOException {
    assertThat(tally.in(text("a\nb\nb\n\n"))).isEqualTo(4);
    assertThat(tally.out(text("b\n\nb\na\n"))).isEqualTo(4);

    assertThat(tally.lost()).isZero();
    assertThat(tally.doubled()).isZero();
  }

  @Test
  void tellsLostFromDoubledWhereTheCountsAgree() throws IOException {
    tally.in(text("a\nb\nc\n"));
    tally.out(text("a\na\nc\n"));

    assertThat(tally.lost()).isEqualTo(1);
    assertThat(tally.doubled()).isEqualTo(1);
  }

  @Test
  void countsALastLineWithoutNewline() throws IOException {
    assertThat(tally.in(text("a\nb"))).isEqualTo(2);
    assertThat(tally.out(text("a\nb\n"))).isEqualTo(2);

    assertThat(tally.lost() + tally.doubled()).isZero();
  }

  @Test
  void keepsItsCountsWhileItGrows() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      lines.append("line ").append(i).append('\n');
    }
    tally.in(text(lines + "one more\n"));
    tally.out(text(lines.toString()));

    assertThat(tally.lost()).isEqualTo(1);
    assertThat(tally.doubled()).isZero();
  }

  @Test
  void joinsALineThatSpansBuffers() throws IOException {
    String line = "x".repeat(200_000);
    tally.in(text(line + "\n"));
    tally.out(text(line + "\n"));

    assertThat(tally.lost() + tally.doubled()).isZero();
  }
}
