package io.flafka.spooldir;

import java.time.Duration;

/** Waits that double, from 250 ms up to a limit. For one thread. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(250);

  private final Duration most;
  private Duration next = FIRST;

  Backoff(Duration most) {
    this.most = most;
  }

  Duration next() {
    Duration wait = next.compareTo(most) < 0 ? next : most;
    next = wait.multipliedBy(2);
    return wait;
  }

  void reset() {
    next = FIRST;
  }
}
