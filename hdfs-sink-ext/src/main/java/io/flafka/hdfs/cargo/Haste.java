package io.flafka.hdfs.cargo;

/**
 * Says when a step has taken long enough: where events trickle in, each of them in time, a step
 * that waits for its full number would make all of them wait. The clock is somebody else's to look
 * at, so that asking costs next to nothing for each event. For any thread.
 */
public final class Haste {
  private volatile boolean asked;

  /** A step begins to take. */
  public void begin() {
    asked = false;
  }

  /** The step shall end before the next event. */
  public void ask() {
    asked = true;
  }

  /** Whether the step shall end. */
  public boolean isAsked() {
    return asked;
  }
}
