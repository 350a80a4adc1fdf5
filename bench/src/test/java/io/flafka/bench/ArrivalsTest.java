package io.flafka.bench;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.bench.load.Format;
import io.flafka.bench.load.ReadyBodies;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final long EVENTS = 2 * ReadyBodies.SIZE + 17;

  private final ReadyBodies bodies = new ReadyBodies(20);
  private final Arrivals arrivals = new Arrivals(bodies);

  private void arrive(long first, long end) {
    for (long event = first; event < end; event++) {
      arrivals.add((event % 2 == 0 ? Format.RAW : Format.FLUME).value(bodies.of(event)));
    }
  }

  @Test
  void areContentWithEveryEventOnce() {
    arrive(0, EVENTS);

    assertThatCode(() -> arrivals.check(EVENTS)).doesNotThrowAnyException();
  }

  @Test
  void findWhatIsLostAndWhatIsDoubled() {
    arrive(0, EVENTS - 3);
    arrive(100, 105);
    arrivals.add("no ready body at all, but a line".getBytes(StandardCharsets.US_ASCII));

    assertThatThrownBy(() -> arrivals.check(EVENTS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("of 20,017 events, 3 are lost and 5 doubled; 1 records are none");
  }
}
