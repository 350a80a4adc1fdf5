package io.flafka.hdfs.cargo;

/**
 * Says when a step has taken long enough: one that takes for as long as there are events would
 * never end where they always are in time. The clock is somebody else's to look at, so that asking
 * costs next to nothing for each event. For any thread.
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
