package io.flafka.testbed.command;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/**
 * How far the lines have come.
 *
 * @param spooled lines in the files moved into the spooling directory
 * @param records about how many records are in the topic: ends of transactions count, too
 * @param landed lines in published files
 */
record Progress(long spooled, long records, long landed) {
  static final Progress NONE = new Progress(0, 0, 0);

  @Override
  public String toString() {
    return "%,d lines spooled   about %,d records in the topic   %,d lines landed"
        .formatted(spooled, records, landed);
  }

  /** Shows progress: one line that changes at a terminal, at most a line a second elsewhere. */
  static final class Display {
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private final PrintStream out;
    private final boolean terminal;
    private Progress shown = NONE;
    private long shownAt = System.nanoTime() - INTERVAL;

    Display(PrintStream out, boolean terminal) {
      this.out = out;
      this.terminal = terminal;
    }

    void show(Progress progress) {
      if (progress.equals(shown) || (!terminal && System.nanoTime() - shownAt < INTERVAL)) {
        return;
      }
      shown = progress;
      shownAt = System.nanoTime();
      if (terminal) {
        out.print("\r" + progress + "\u001b[K");
        out.flush();
      } else {
        out.println(progress);
      }
    }

    /** Says something that stays. */
    void say(String text) {
      if (terminal && !shown.equals(NONE)) {
        out.println();
      }
      out.println(text);
    }
  }
}
