package io.flafka.bench;

import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private final Trial trial;
  private final List<Sample> samples = new ArrayList<>();

  Watch(Trial trial) {
    this.trial = trial;
  }

  /**
   * Measures it to its end.
   *
   * @throws IllegalStateException if it dies, or stands still before it is finished
   */
  Outcome.Measured untilFinished(long events) {
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
    return new Outcome.Measured(Steady.of(samples, events), peakBytes());
  }

  private Sample look() {
    long cpu =
        ProcessHandle.of(trial.process().pid())
            .flatMap(process -> process.info().totalCpuDuration())
            .orElseThrow(() -> new IllegalStateException("it died: " + why()))
            .toNanos();
    return new Sample(System.nanoTime(), trial.arrived(), cpu);
  }

  private void failIfStill(long nanos) {
    boolean isLong = nanos > PATIENCE.toNanos();
    if (!trial.process().isAlive()) {
      throw new IllegalStateException("it died: " + why());
    }
    if (isLong || (nanos > PATIENCE_AFTER_ERROR.toNanos() && error().isPresent())) {
      throw new IllegalStateException(why());
    }
  }

  private String why() {
    return error()
        .orElseGet(
            () ->
                "nothing moved for %d s, and no error is in its log, which ends: %s"
                    .formatted(PATIENCE.toSeconds(), trial.process().lastLines(3)));
  }

  private Optional<String> error() {
    return FirstError.in(trial.process().logLines());
  }

  private long peakBytes() {
    JavaProcess process = trial.process();
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read the memory of " + process, e);
    }
  }
}
