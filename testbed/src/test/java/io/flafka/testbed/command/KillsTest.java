package io.flafka.testbed.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KillsTest {
  private static List<Kills.Kill> all(int kills, int files, long seed) {
    Kills plan = new Kills(kills, files, seed);
    List<Kills.Kill> all = new ArrayList<>();
    while (plan.isDue(files)) {
      all.add(plan.next());
    }
    return all;
  }

  @Test
  void areSpreadOverTheFiles() {
    List<Kills.Kill> kills = all(10, 100, 7);

    for (int i = 0; i < 10; i++) {
      assertThat(kills.get(i).file()).isBetween(10 * i + 1, 10 * i + 10);
    }
    assertThat(kills).extracting(Kills.Kill::part).allMatch(part -> part >= 0 && part < 1);
  }

  @Test
  void halfOfThemAreInTheMidstOfLanding() {
    assertThat(all(10, 100, 7))
        .filteredOn(kill -> kill.moment() == Kills.Moment.LANDING)
        .hasSize(5);
  }

  @Test
  void areTheSameForTheSameSeed() {
    assertThat(all(10, 100, 7)).isEqualTo(all(10, 100, 7)).isNotEqualTo(all(10, 100, 8));
  }

  @Test
  void areAllDueWithTheLastFileHoweverFewThereAre() {
    assertThat(all(5, 1, 7)).hasSize(5);
    assertThat(all(0, 1, 7)).isEmpty();
  }
}
