package io.flafka.testbed.command;

import java.io.PrintStream;

/**
 * How far the lines have come.
 *
 * @param spooled lines in the files moved into the spooling directory
 * @param records records in the topic
 * @param landed lines in published files
 */
record Progress(long spooled, long records, long landed) {
  static final Progress NONE = new Progress(0, 0, 0);

  @Override
  public String toString() {
    return "%,d lines spooled   %,d records in the topic   %,d lines landed"
        .formatted(spooled, records, landed);
  }

  /** Shows progress: one line that changes at a terminal, a line for each change elsewhere. */
  static final class Display {
    private final PrintStream out;
    private final boolean terminal;
    private Progress shown = NONE;

    Display(PrintStream out, boolean terminal) {
      this.out = out;
      this.terminal = terminal;
    }

    void show(Progress progress) {
      if (progress.equals(shown)) {
        return;
      }
      shown = progress;
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
