package io.flafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.chaos.Chaos;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/**
 * Five minutes of faults at random, with a fresh seed, as {@code ./chaos.sh} makes them.
 *
 * <p>{@code -Dflafka.chaos.minutes=60} takes as long; {@code -Dflafka.chaos.seed=...} repeats a
 * run, as far as time can be repeated.
 */
class ChaosIT {
  private static final String MINUTES = System.getProperty("flafka.chaos.minutes", "5");
  private static final String SEED = System.getProperty("flafka.chaos.seed", "");

  @Test
  void nothingIsLostAndNothingDoubled() {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    int status =
        SEED.isEmpty()
            ? Chaos.run(out, out, "--minutes", MINUTES)
            : Chaos.run(out, out, "--minutes", MINUTES, "--seed", SEED);
    System.out.println(said);
    assertThat(status).as("%s", said).isZero();
  }
}
