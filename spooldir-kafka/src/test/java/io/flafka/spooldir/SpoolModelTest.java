package io.flafka.spooldir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whatever is done with files in a spooling directory, none of their lines is lost or doubled. */
class SpoolModelTest {
  private static final Logger log = LoggerFactory.getLogger(SpoolModelTest.class);
  private static final int SCENARIOS = Integer.getInteger("flafka.scenarios", 48);
  private static final int AT_ONCE = 8;
  private static final int ACTIONS = 60;

  @TempDir Path folder;

  @Test
  void deliversWhatIsLeftAloneOnceAndAccountsForTheRest() throws Exception {
    Random seeds = new Random();
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<?>> scenarios = new ArrayList<>();
      for (int i = 0; i < SCENARIOS; i++) {
        Path directory = folder.resolve("scenario" + i);
        long seed = seeds.nextLong();
        scenarios.add(
            threads.submit(
                () -> {
                  play(directory, seed);
                  return null;
                }));
      }
      for (Future<?> scenario : scenarios) {
        scenario.get();
      }
    } finally {
      // After a failure, those that have not begun never do.
      threads.shutdownNow();
      if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
        log.warn("some scenarios have not come to an end yet");
      }
    }
  }

  private static void play(Path directory, long seed) throws IOException {
    try (SpoolScenario scenario = new SpoolScenario(directory, seed)) {
      for (int action = 0; action < ACTIONS; action++) {
        scenario.act();
      }
      scenario.finish();
      check(scenario);
    }
  }

  private static void check(SpoolScenario scenario) throws IOException {
    Map<Long, Path> quarantined = scenario.quarantined().files();
    for (Dropped file : scenario.dropped()) {
      List<String> lines = scenario.lines(file);
      Path kept = quarantined.get(file.inode());
      String about =
          file
              + (kept == null ? "" : ", " + Files.readString(Path.of(kept + ".report")))
              + " in "
              + scenario;
      if (file.isRemoved()) {
        assertThat(file.isBeginning(lines)).as("a beginning of %s: %s", about, lines).isTrue();
      } else if (!file.isChanged()) {
        assertThat(lines).as(about).isEqualTo(file.content().lines().toList());
      } else if (!file.isAll(lines)) {
        assertThat(file.isBeginning(lines)).as("a beginning of %s: %s", about, lines).isTrue();
        assertThat(quarantined).as(about).containsKey(file.inode());
      }
      if (kept != null && file.isChanged()) {
        assertReport(scenario, file, lines, kept);
      }
    }
    assertThat(scenario.quarantined().reportsOfNothing()).as("%s", scenario).isEmpty();
    if (scenario.keepsPositions()) {
      assertThat(scenario.emptyEvents())
          .as("%s", scenario)
          .containsExactlyInAnyOrderElementsOf(scenario.emptyFiles());
    } else {
      assertThat(Set.copyOf(scenario.emptyEvents()))
          .as("%s", scenario)
          .isEqualTo(Set.copyOf(scenario.emptyFiles()));
    }
  }

  private static void assertReport(
      SpoolScenario scenario, Dropped file, List<String> lines, Path kept) throws IOException {
    long reported = Quarantined.delivered(kept).orElseThrow();
    if (scenario.keepsPositions()) {
      assertThat(reported)
          .as("%s, of which %s were delivered, in %s", file, lines, scenario)
          .isIn(file.ends(lines));
    } else {
      assertThat(reported)
          .as("%s, of which %s were delivered, in %s", file, lines, scenario)
          .isLessThanOrEqualTo(file.ends(lines).stream().mapToLong(end -> end).max().orElseThrow());
    }
  }
}
