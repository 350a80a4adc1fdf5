package io.flafka.kafka.produce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AheadTest {
  /** Kafka's own value for no limit. */
  @Test
  void theLargestLimitAllowsEveryTime() {
    Instant now = Instant.ofEpochMilli(1_379_285_993_000L);
    Ahead ahead = new Ahead(Duration.ofMillis(Long.MAX_VALUE), () -> now);

    assertThat(ahead.allows(now.toEpochMilli())).isTrue();
    assertThat(ahead.allows(Long.MAX_VALUE)).isTrue();
  }
}
