package io.flafka.hdfs.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.hdfs.cargo.RollReason;
import org.junit.jupiter.api.Test;

class RollPolicyTest {
  private static final long NEVER = Long.MAX_VALUE;

  @Test
  void isFullAtEitherLimit() {
    RollPolicy policy = new RollPolicy(0, 100, 10, 0, false);
    assertThat(policy.full(99, 9)).isNull();
    assertThat(policy.full(100, 1)).isEqualTo(RollReason.SIZE);
    assertThat(policy.full(1, 10)).isEqualTo(RollReason.COUNT);
  }

  @Test
  void isOverAtItsAgeOrWhenIdle() {
    RollPolicy policy = new RollPolicy(1000, 0, 0, 300, false);
    assertThat(policy.over(5000, 5900, NEVER, 5999)).isNull();
    assertThat(policy.over(5000, 5900, NEVER, 6000)).isEqualTo(RollReason.INTERVAL);
    assertThat(policy.over(5000, 5200, NEVER, 5500)).isEqualTo(RollReason.IDLE);
  }

  @Test
  void isOverWhenTheClockWasSetBack() {
    assertThat(new RollPolicy(1000, 0, 0, 0, false).over(5000, 5000, NEVER, 4000))
        .isEqualTo(RollReason.INTERVAL);
    assertThat(new RollPolicy(0, 0, 0, 1000, false).over(3000, 5000, NEVER, 4000))
        .isEqualTo(RollReason.IDLE);
  }

  @Test
  void isOverWhenItsBucketEndsAndTheLastOnesHaveCome() {
    RollPolicy policy = new RollPolicy(0, 0, 0, 0, true);
    assertThat(policy.over(0, 40_000, 60_000, 59_999)).isNull();
    assertThat(policy.over(0, 40_000, 60_000, 60_000)).isEqualTo(RollReason.BUCKET_END);
    assertThat(policy.over(0, 55_000, 60_000, 60_000)).isNull();
    assertThat(policy.over(0, 55_000, 60_000, 65_000)).isEqualTo(RollReason.BUCKET_END);
    assertThat(new RollPolicy(0, 0, 0, 0, false).over(0, 55_000, 60_000, 65_000)).isNull();
  }

  @Test
  void takesZeroForNoLimit() {
    RollPolicy policy = new RollPolicy(0, 0, 0, 0, false);
    assertThat(policy.full(Long.MAX_VALUE, Long.MAX_VALUE)).isNull();
    assertThat(policy.over(0, 0, NEVER, Long.MAX_VALUE)).isNull();
  }

  @Test
  void knowsWhetherAQuietFileEnds() {
    assertThat(new RollPolicy(0, 100, 10, 0, false).endsQuietFiles()).isFalse();
    assertThat(new RollPolicy(1000, 0, 0, 0, false).endsQuietFiles()).isTrue();
    assertThat(new RollPolicy(0, 0, 0, 1000, false).endsQuietFiles()).isTrue();
    assertThat(new RollPolicy(0, 0, 0, 0, true).endsQuietFiles()).isTrue();
  }

  @Test
  void tellsWhenFilesRoll() {
    assertThat(new RollPolicy(300_000, 1024, 0, 0, false))
        .hasToString("rolling at 300 s, 1024 bytes, no count");
    assertThat(new RollPolicy(0, 0, 10, 60_000, true))
        .hasToString(
            "rolling at no time, no size, 10 events, 60 s without an event, the end of a bucket's"
                + " period");
  }
}
