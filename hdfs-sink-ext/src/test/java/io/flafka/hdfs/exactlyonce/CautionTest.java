package io.flafka.hdfs.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CautionTest {
  private final Caution caution = new Caution();

  @Test
  void thereIsNoneAtFirst() {
    assertThat(caution.isReached(Long.MAX_VALUE - 1)).isFalse();
  }

  @Test
  void aFailureHalvesWhatIsTakenAndACommitDoublesIt() {
    caution.failed(1000);
    assertThat(caution.isReached(499)).isFalse();
    assertThat(caution.isReached(500)).isTrue();
    caution.failed(500);
    assertThat(caution.isReached(250)).isTrue();
    caution.committed();
    assertThat(caution.isReached(499)).isFalse();
    assertThat(caution.isReached(500)).isTrue();
  }

  @Test
  void aFailureBeforeAnythingWasWrittenChangesNothing() {
    caution.failed(1000);
    caution.failed(0);
    assertThat(caution.isReached(499)).isFalse();
  }

  @Test
  void atLeastOneEventIsTaken() {
    caution.failed(1);
    assertThat(caution.isReached(0)).isFalse();
    assertThat(caution.isReached(1)).isTrue();
  }

  @Test
  void itEndsAfterEnoughCommits() {
    caution.failed(2);
    for (int i = 0; i < 100; i++) {
      caution.committed();
    }
    assertThat(caution.isReached(Long.MAX_VALUE - 1)).isFalse();
  }
}
