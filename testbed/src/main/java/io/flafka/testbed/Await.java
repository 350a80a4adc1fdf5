package io.flafka.testbed;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for something to become true. */
public final class Await {
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private Await() {}

  /**
   * Asks until the answer is yes.
   *
   * @param what what is waited for, for the message
   * @throws IllegalStateException if it isn't so within the limit; the cause is what the condition
   *     last threw, if it did
   */
  public static void until(String what, Duration limit, Callable<Boolean> condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Exception last = null;
      try {
        if (condition.call()) {
          return;
        }
      } catch (Exception e) {
        last = e;
      }
      if (System.nanoTime() >= end) {
        throw new IllegalStateException("Not so within " + limit.toSeconds() + " s: " + what, last);
      }
      if (Thread.interrupted()) {
        throw new IllegalStateException("Interrupted while waiting: " + what, last);
      }
      LockSupport.parkNanos(INTERVAL.toNanos());
    }
  }
}
