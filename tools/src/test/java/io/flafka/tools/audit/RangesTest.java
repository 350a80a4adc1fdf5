package io.flafka.tools.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.delivery.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {
  private final Ranges ranges = new Ranges();

  private List<Span> add(long from, long to) {
    return ranges.add(new Span(from, to));
  }

  @Test
  void whatAdjoinsIsOne() {
    add(0, 10);
    add(10, 20);
    add(30, 40);
    add(20, 30);
    assertThat(ranges.all()).containsExactly(new Span(0, 40));
  }

  @Test
  void anEmptySpanIsNothing() {
    assertThat(add(5, 5)).isEmpty();
    assertThat(ranges.isEmpty()).isTrue();
    assertThat(ranges.holes(0, 3)).containsExactly(new Span(0, 3));
  }

  @Test
  void saysWhatWasThereAlready() {
    add(0, 10);
    add(20, 30);
    assertThat(add(5, 25)).containsExactly(new Span(5, 10), new Span(20, 25));
    assertThat(add(0, 30)).containsExactly(new Span(0, 30));
    assertThat(ranges.all()).containsExactly(new Span(0, 30));
  }

  @Test
  void holesAreClippedToWhatIsAsked() {
    add(10, 20);
    add(25, 30);
    assertThat(ranges.holes(0, 40))
        .containsExactly(new Span(0, 10), new Span(20, 25), new Span(30, 40));
    assertThat(ranges.holes(15, 27)).containsExactly(new Span(20, 25));
    assertThat(ranges.holes(22, 24)).containsExactly(new Span(22, 24));
    assertThat(ranges.holes(11, 19)).isEmpty();
  }

  /** Against a set of single offsets. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void isTheSameAsASetOfOffsets(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BitSet model = new BitSet();
    for (int i = 0; i < 500; i++) {
      int from = random.nextInt(1_000);
      int to = from + random.nextInt(8);
      List<Span> twice = add(from, to);
      BitSet common = new BitSet();
      common.set(from, to);
      common.and(model);
      assertThat(twice).as("seed %d", seed).isEqualTo(spans(common));
      model.set(from, to);
      assertThat(ranges.all()).as("seed %d", seed).isEqualTo(spans(model));
    }
    BitSet missing = new BitSet();
    missing.set(100, 900);
    missing.andNot(model);
    assertThat(ranges.holes(100, 900)).as("seed %d", seed).isEqualTo(spans(missing));
  }

  private static List<Span> spans(BitSet offsets) {
    List<Span> spans = new ArrayList<>();
    for (int from = offsets.nextSetBit(0); from >= 0; ) {
      int to = offsets.nextClearBit(from);
      spans.add(new Span(from, to));
      from = offsets.nextSetBit(to);
    }
    return spans;
  }
}
