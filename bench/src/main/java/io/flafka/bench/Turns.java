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
  private final Rig rig;
  private final Machine machine;
  private final Duration rest;
  private final PrintWriter progress;

  /**
   * Has run nothing yet.
   *
   * @param rest how long to wait before a trial until the machine is at rest
   * @param progress gets a line for every trial
   */
  Turns(Rig rig, Machine machine, Duration rest, PrintWriter progress) {
    this.rig = rig;
    this.machine = machine;
    this.rest = rest;
    this.progress = progress;
  }

  /**
   * Runs every subject once a round, each round beginning with another one.
   *
   * @param results is given every result as it comes
   */
  void take(
      Scenario scenario, List<Subject> subjects, long events, int rounds, Consumer<Result> results)
      throws IOException {
    scenario.prepare(rig, events);
    try {
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
    boolean calm = machine.comesToRest(rest);
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
    String outcome =
        result.outcome() instanceof Outcome.Measured measured
            ? String.format(
                Locale.ROOT,
                "%,.0f events/s, %.2f us/event",
                measured.steady().rate(),
                measured.steady().cpuMicros())
            : ((Outcome.Failed) result.outcome()).reason();
    return result.scenario()
        + " round "
        + result.round()
        + " "
        + result.subject().name()
        + ": "
        + outcome;
  }
}
