package io.flafka.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Looks at a trial five times a second until it is finished. */
final class Watch {
  private static final Duration GLANCE = Duration.ofMillis(200);

  /** How long a trial may stand still. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How long it may stand still when it has logged an error. */
  private static final Duration PATIENCE_AFTER_ERROR = Duration.ofSeconds(10);

  private final SteadyTrial trial;
  private final Footprint footprint;
  private final List<Sample> samples = new ArrayList<>();

  Watch(SteadyTrial trial) {
    this.trial = trial;
    this.footprint = new Footprint(trial.process());
  }

  /**
   * Measures it to its end.
   *
   * @throws IllegalStateException if it dies, or stands still before it is finished
   */
  Outcome.Measured untilFinished() {
    samples.add(look());
    long lastMove = System.nanoTime();
    while (!trial.isFinished()) {
      LockSupport.parkNanos(GLANCE.toNanos());
      Sample sample = look();
      if (sample.events() != samples.get(samples.size() - 1).events()) {
        lastMove = sample.nanos();
      }
      samples.add(sample);
      failIfStill(sample.nanos() - lastMove);
    }
    samples.add(look());
    return new Outcome.Measured(Steady.of(samples, trial.events()), footprint.peakBytes());
  }

  private Sample look() {
    long cpu = footprint.cpuNanos().orElseThrow(this::death);
    return new Sample(System.nanoTime(), trial.arrived(), cpu, Machine.busyNanos());
  }

  private void failIfStill(long nanos) {
    boolean isLong = nanos > PATIENCE.toNanos();
    if (!trial.process().isAlive()) {
      throw death();
    }
    if (isLong || (nanos > PATIENCE_AFTER_ERROR.toNanos() && error().isPresent())) {
      throw new IllegalStateException(why());
    }
  }

  private IllegalStateException death() {
    return new IllegalStateException("it died: " + error().orElseGet(this::end));
  }

  private String why() {
    return error()
        .orElseGet(() -> "nothing moved for %d s, and %s".formatted(PATIENCE.toSeconds(), end()));
  }

  private String end() {
    return "no error is in its log, which ends: " + trial.process().lastLines(3);
  }

  private Optional<String> error() {
    return FirstError.in(trial.process().logLines());
  }
}
