package io.flafka.hdfs.exactlyonce;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a sink does from time to time. Nothing depends on when; what fails is tried again. */
final class Housekeeping {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration INTERVAL = Duration.ofHours(1);

  /** After the start, so that agents that never run for long do it, too; and after a failure. */
  private static final Duration SOON = Duration.ofMinutes(1);

  private final String sink;
  private final Run run;
  private final DeadRuns dead;
  private final HistoryDays history;
  private final InstantSource clock;
  private Instant last;

  Housekeeping(String sink, Run run, DeadRuns dead, HistoryDays history, InstantSource clock) {
    this.sink = sink;
    this.run = run;
    this.dead = dead;
    this.history = history;
    this.clock = clock;
    this.last = clock.instant().minus(INTERVAL).plus(SOON);
  }

  /** Does what is due. Never throws. */
  void go() {
    Instant now = clock.instant();
    Duration interval = dead.isIncomplete() ? SOON : INTERVAL;
    try {
      run.live();
      if (Duration.between(last, now).abs().compareTo(interval) >= 0) {
        last = now;
        dead.settleWithoutWitness();
        history.tidy(LocalDate.ofInstant(now, ZoneOffset.UTC));
      }
    } catch (Throwable e) {
      report(e);
    }
  }

  /** Does what shouldn't be left to others at the stop. Never throws. */
  void end() {
    if (dead.isIncomplete()) {
      try {
        dead.settleWithoutWitness();
      } catch (Throwable e) {
        report(e);
      }
    }
  }

  void report(Throwable failure) {
    log.warn("{}: {}", sink, failure.getMessage(), failure);
  }
}
