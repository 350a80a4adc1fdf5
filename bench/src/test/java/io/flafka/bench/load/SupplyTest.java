package io.flafka.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.delivery.Position;
import io.flafka.delivery.PositionedEvent;
import java.util.List;
import org.apache.flume.Event;
import org.junit.jupiter.api.Test;

class SupplyTest {
  private final ReadyBodies bodies = new ReadyBodies(200);

  @Test
  void givesABatchAgainUntilItIsPut() {
    Supply supply = new Supply(bodies, 25, null);

    assertThat(numbers(supply.batch(10))).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(numbers(supply.batch(10))).startsWith(0).hasSize(10);
    supply.advance(10);
    supply.advance(10);

    assertThat(supply.isEmpty()).isFalse();
    assertThat(numbers(supply.batch(10))).containsExactly(20, 21, 22, 23, 24);
    supply.advance(5);
    assertThat(supply.isEmpty()).isTrue();
  }

  @Test
  void goesRoundTheRing() {
    Supply supply = new Supply(bodies, ReadyBodies.SIZE + 2L, null);
    supply.advance(ReadyBodies.SIZE);

    assertThat(numbers(supply.batch(10))).containsExactly(0, 1);
  }

  @Test
  void countsPositionsAsBytesOfLines() {
    Supply supply = new Supply(bodies, 5, "s");

    assertThat(supply.batch(2))
        .extracting(event -> ((PositionedEvent) event).position())
        .containsExactly(new Position("s", 201), new Position("s", 402));
    supply.advance(2);
    assertThat(((PositionedEvent) supply.batch(1).get(0)).position().offset()).isEqualTo(603);
  }

  @Test
  void givesPlainEventsWithoutAStream() {
    assertThat(new Supply(bodies, 5, null).batch(1).get(0))
        .isNotInstanceOf(PositionedEvent.class)
        .returns(200, event -> event.getBody().length);
  }

  @Test
  void makesBodiesOfTheirLengthWithTheirNumbers() {
    assertThat(bodies.of(123)).hasSize(200).startsWith('0', '0', '0', '0', '0', '1', '2', '3');
    assertThat(bodies.numberIn(new byte[200])).isEqualTo(-1);
    assertThat(bodies.numberIn(new byte[199])).isEqualTo(-1);
    assertThatThrownBy(() -> new ReadyBodies(7)).hasMessageContaining("bytes = 7");
  }

  /** Held against stock's own bytes by the bench itself, whose agents read them. */
  @Test
  void wrapsABodyAsAnAvroDatum() {
    byte[] datum = Format.FLUME.value(bodies.of(7));

    assertThat(datum).hasSize(203).startsWith(0, 0x90, 0x03);
    assertThat(bodies.numberIn(datum)).isEqualTo(7);
    assertThat(Format.FLUME.value(new byte[] {1})).containsExactly(0, 2, 1);
    assertThat(Format.RAW.value(bodies.of(7))).isEqualTo(bodies.of(7));
  }

  private List<Integer> numbers(List<Event> batch) {
    return batch.stream().map(event -> bodies.numberIn(event.getBody())).toList();
  }
}
