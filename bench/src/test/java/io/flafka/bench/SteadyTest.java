package io.flafka.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SteadyTest {
  private static final long SECOND = 1_000_000_000;

  private static Sample sample(double seconds, long events, double cpuSeconds) {
    long cpuNanos = (long) (cpuSeconds * SECOND);
    return new Sample((long) (seconds * SECOND), events, cpuNanos, 3 * cpuNanos);
  }

  @Test
  void leavesOutTheWarmUpAndTheEnd() {
    List<Sample> samples =
        List.of(
            sample(0, 0, 0),
            sample(10, 400, 20), // Slow, and all cores at work.
            sample(10.6, 700, 20.3),
            sample(11.1, 950, 20.55),
            sample(30, 1000, 40));

    Steady steady = Steady.of(samples, 1000);

    assertThat(steady.rate()).isCloseTo(500, within(1e-6));
    assertThat(steady.cpuMicros()).isCloseTo(1000, within(1e-6));
    assertThat(steady.machineMicros()).isCloseTo(3000, within(1e-6));
  }

  @Test
  void readsBetweenTheSamples() {
    List<Sample> samples = List.of(sample(0, 0, 0), sample(1, 1000, 2), sample(3, 2000, 4));

    // 800 events at 0.8 s, 1,900 at 2.8 s; 1.6 s and 3.8 s of CPU.
    Steady steady = Steady.of(samples, 2000);

    assertThat(steady.rate()).isCloseTo(1100 / 2.0, within(1e-6));
    assertThat(steady.cpuMicros()).isCloseTo(2.2 / 1100 * 1e6, within(1e-6));
  }

  @Test
  void takesLotsToArriveEvenly() {
    List<Sample> samples =
        List.of(
            sample(0, 0, 0),
            sample(1, 0, 1), // It still starts.
            sample(2, 500, 2),
            sample(4, 500, 2),
            sample(5, 1000, 3));

    // 400 events at 1.8 s, 950 at 4.7 s.
    assertThat(Steady.of(samples, 1000).rate()).isCloseTo(550 / 2.9, within(1e-6));
  }

  @Test
  void refusesSamplesThatEndTooSoon() {
    assertThatThrownBy(() -> Steady.of(List.of(sample(0, 0, 0), sample(1, 900, 1)), 1000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("950 events");
  }
}
