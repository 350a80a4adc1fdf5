package io.flafka.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchLimitsTest {
  private static final long MB = 1 << 20;

  @Test
  void areLargeWhereThereIsRoom() {
    assertThat(BatchLimits.large(512 * MB).events()).isEqualTo(50_000);
    assertThat(BatchLimits.large(512 * MB).bytes()).isEqualTo(16 * MB);
    assertThat(BatchLimits.large(Long.MAX_VALUE)).isEqualTo(BatchLimits.large(512 * MB));
  }

  @Test
  void areLowerInASmallHeap() {
    assertThat(BatchLimits.large(64 * MB).events()).isEqualTo(8_192);
    assertThat(BatchLimits.large(64 * MB).bytes()).isEqualTo(4 * MB);
  }

  @Test
  void areNeverLowerThanStocks() {
    assertThat(BatchLimits.large(1).events()).isEqualTo(100);
  }
}
