package io.flafka.tools.command;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Says on a long run how far it is, every five seconds, in lines that begin with three dots. */
public final class Progress {
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(5);
  private static final int LOOK = 1_000;

  private final PrintWriter out;
  private long said = System.nanoTime();
  private long calls;

  public Progress(PrintWriter out) {
    this.out = out;
  }

  /**
   * One more thing is done.
   *
   * @param what with a {@code %d} for the count
   */
  public void step(String what, long count) {
    if (++calls % LOOK == 0) {
      say(what, count);
    }
  }

  /** The same of things that take time each. */
  public void say(String what, long count) {
    if (System.nanoTime() - said > INTERVAL) {
      said = System.nanoTime();
      out.println("... " + String.format(Locale.ROOT, what, count));
      out.flush();
    }
  }
}
