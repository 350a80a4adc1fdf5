package io.flafka.hdfs.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RollPolicyTest {
  @Test
  void isFullAtEitherLimit() {
    RollPolicy policy = new RollPolicy(0, 100, 10, 0);
    assertThat(policy.isFull(99, 9)).isFalse();
    assertThat(policy.isFull(100, 1)).isTrue();
    assertThat(policy.isFull(1, 10)).isTrue();
  }

  @Test
  void isOverAtItsAgeOrWhenIdle() {
    RollPolicy policy = new RollPolicy(1000, 0, 0, 300);
    assertThat(policy.isOver(5000, 5900, 5999)).isFalse();
    assertThat(policy.isOver(5000, 5900, 6000)).isTrue();
    assertThat(policy.isOver(5000, 5200, 5500)).isTrue();
  }

  @Test
  void isOverWhenTheClockWasSetBack() {
    assertThat(new RollPolicy(1000, 0, 0, 0).isOver(5000, 5000, 4000)).isTrue();
    assertThat(new RollPolicy(0, 0, 0, 1000).isOver(3000, 5000, 4000)).isTrue();
  }

  @Test
  void takesZeroForNoLimit() {
    RollPolicy policy = new RollPolicy(0, 0, 0, 0);
    assertThat(policy.isFull(Long.MAX_VALUE, Long.MAX_VALUE)).isFalse();
    assertThat(policy.isOver(0, 0, Long.MAX_VALUE)).isFalse();
  }
}
