package io.flafka.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static Verdict verdict(Pipeline pipeline, long lost, long doubled, String... inUse) {
    return new Verdict(
        pipeline,
        Map.of(Fault.AGENT_KILLED, 3, Fault.BROKER_KILLED, 2),
        1_000_000,
        1_000_000 - lost + doubled,
        lost,
        doubled,
        0,
        0,
        List.of(inUse),
        0,
        List.of(),
        List.of());
  }

  @Test
  void isWellIfEachLineLandedOnceAndNothingIsLeft() {
    Verdict verdict = verdict(Pipeline.EXACTLY_ONCE, 0, 0);
    assertThat(verdict.problems()).isEmpty();
    assertThat(verdict.table()).contains("| faults | 5 |", "| lines in | 1,000,000 |");
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(verdict(Pipeline.EXACTLY_ONCE, 2, 3, "/weblogs/x.tmp").problems())
        .containsExactly(
            "2 lines are lost", "3 lines are doubled", "1 files are left in use, [/weblogs/x.tmp]");
  }

  @Test
  void whatIsDoubledIsNoProblemWhereThatIsAllowed() {
    assertThat(verdict(Pipeline.AT_LEAST_ONCE, 0, 3).problems()).isEmpty();
    assertThat(verdict(Pipeline.AT_LEAST_ONCE, 1, 3).problems()).hasSize(1);
  }
}
