package io.flafka.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
  <S extends Subject> void take(
      Scenario<S> scenario, List<S> subjects, long events, int rounds, Consumer<Result> results)
      throws IOException {
    scenario.prepare(rig, events);
    try {
      for (S subject : subjects) {
        scenario.prepare(rig, subject, events);
      }
      List<S> order = new ArrayList<>(subjects);
      for (int round = 1; round <= rounds; round++) {
        for (S subject : order) {
          results.accept(run(scenario, subject, events, round));
        }
        Collections.rotate(order, -Math.max(1, subjects.size() / rounds));
      }
    } finally {
      scenario.clear(rig, events);
    }
  }

  private <S extends Subject> Result run(Scenario<S> scenario, S subject, long events, int round)
      throws IOException {
    boolean calm = machine.comesToRest(rest);
    Outcome outcome = measure(scenario, subject, events, round);
    Result result =
        new Result(scenario.name(), round, subject, scenario.share(subject, events), calm, outcome);
    progress.println(describe(result, scenario.layout().unit()));
    progress.flush();
    return result;
  }

  private <S extends Subject> Outcome measure(
      Scenario<S> scenario, S subject, long events, int round) throws IOException {
    String id = scenario.name() + "-" + round + "-" + subject.name();
    try (Trial trial = scenario.start(rig, subject, events, id)) {
      Outcome.Measured measured = trial.measure();
      trial.check();
      return measured.writing((double) trial.written() / scenario.share(subject, events));
    } catch (IllegalStateException e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()));
    }
  }

  private static String describe(Result result, Layout.Unit unit) {
    String outcome =
        result.outcome() instanceof Outcome.Measured measured
            ? unit.words(measured.steady())
            : ((Outcome.Failed) result.outcome()).reason();
    return "%s round %d %s: %s"
        .formatted(result.scenario(), result.round(), result.subject().name(), outcome);
  }
}
