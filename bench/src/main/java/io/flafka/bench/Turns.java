package io.flafka.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Lets the subjects of a scenario take turns. */
final class Turns {
  private static final Duration REST_LIMIT = Duration.ofSeconds(20);

  private final Rig rig;
  private final Machine machine;
  private final PrintWriter progress;

  /**
   * Has run nothing yet.
   *
   * @param progress gets a line for every trial
   */
  Turns(Rig rig, Machine machine, PrintWriter progress) {
    this.rig = rig;
    this.machine = machine;
    this.progress = progress;
  }

  /**
   * Runs every subject once a round, each round beginning with another one; before that, one of
   * them for nothing, which warms the broker.
   *
   * @param results is given every result as it comes
   */
  void take(
      Scenario scenario, List<Subject> subjects, long events, int rounds, Consumer<Result> results)
      throws IOException {
    scenario.prepare(rig, events);
    try {
      run(scenario, subjects.get(0), events, 0);
      List<Subject> order = new ArrayList<>(subjects);
      for (int round = 1; round <= rounds; round++) {
        for (Subject subject : order) {
          results.accept(run(scenario, subject, events, round));
        }
        Collections.rotate(order, -Math.max(1, subjects.size() / rounds));
      }
    } finally {
      scenario.clear(rig);
    }
  }

  private Result run(Scenario scenario, Subject subject, long events, int round)
      throws IOException {
    boolean calm = machine.comesToRest(REST_LIMIT);
    Outcome outcome = measure(scenario, subject, events, round);
    Result result = new Result(scenario.name(), round, subject, events, calm, outcome);
    progress.println(describe(result));
    progress.flush();
    return result;
  }

  private Outcome measure(Scenario scenario, Subject subject, long events, int round)
      throws IOException {
    String id = scenario.name() + "-" + round + "-" + subject.name();
    try (Trial trial = scenario.start(rig, subject, events, id)) {
      Outcome.Measured measured = new Watch(trial).untilFinished(events);
      trial.check();
      return measured;
    } catch (IllegalStateException e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()));
    }
  }

  private static String describe(Result result) {
    String round = result.round() == 0 ? "warm-up" : "round " + result.round();
    String outcome =
        result.outcome() instanceof Outcome.Measured measured
            ? String.format(
                Locale.ROOT,
                "%,.0f events/s, %.2f us/event",
                measured.steady().rate(),
                measured.steady().cpuMicros())
            : ((Outcome.Failed) result.outcome()).reason();
    return result.scenario() + " " + round + " " + result.subject().name() + ": " + outcome;
  }
}
