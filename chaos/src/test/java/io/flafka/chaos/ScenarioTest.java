package io.flafka.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScenarioTest {
  private static List<Fault> faults(Scenario scenario, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Stream.generate(() -> scenario.any(random)).limit(1000).toList();
  }

  @Test
  void theSameSeedMakesTheSameFaults() {
    assertThat(faults(Scenario.ALL, 3)).isEqualTo(faults(Scenario.ALL, 3));
    assertThat(faults(Scenario.ALL, 3)).isNotEqualTo(faults(Scenario.ALL, 4));
  }

  @Test
  void allFaultsComeInOneAndEachInOnlyOneOfTheOthers() {
    assertThat(faults(Scenario.ALL, 1)).contains(Fault.values());
    assertThat(
            Stream.of(Scenario.AGENTS, Scenario.KAFKA, Scenario.HDFS)
                .flatMap(scenario -> faults(scenario, 1).stream().distinct()))
        .containsExactlyInAnyOrder(Fault.values());
  }
}
