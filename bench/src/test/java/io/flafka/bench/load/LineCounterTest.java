package io.flafka.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineCounterTest {
  private static Tally tally(String... lines) {
    LineCounter counter = new LineCounter();
    for (String line : lines) {
      counter.add(line.getBytes(StandardCharsets.US_ASCII));
    }
    return counter.tally();
  }

  @Test
  void doesNotMindTheOrder() {
    assertThat(tally("one line", "another, longer one", ""))
        .isEqualTo(tally("", "another, longer one", "one line"))
        .returns(3L, Tally::lines)
        .returns(27L, Tally::bytes);
  }

  @Test
  void seesALineInThePlaceOfAnother() {
    Tally right = tally("a line of words", "b line of words");

    assertThat(tally("a line of words", "a line of words")).isNotEqualTo(right);
    assertThat(tally("a line of wodrs", "b line of words")).isNotEqualTo(right);
    assertThat(tally("of words a line ", "b line of word")).isNotEqualTo(right);
    assertThat(tally("a line of words ", "b line of word")).isNotEqualTo(right);
    assertThat(tally("wordwordlinelinX").prints()).isNotEqualTo(tally("linelinXwordword").prints());
  }

  @Test
  void countsTimes() {
    LineCounter counter = new LineCounter();
    counter.add(new byte[] {1}, "1379285993000");
    counter.add(new byte[] {2}, null);

    assertThat(counter.tally())
        .returns(2L, Tally::lines)
        .returns(1L, Tally::stamped)
        .returns((long) "1379285993000".hashCode(), Tally::stamps);
    counter.clear();
    assertThat(counter.tally()).isEqualTo(Tally.NONE);
  }
}
