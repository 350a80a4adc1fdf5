package io.flafka.tools.audit;

import io.flafka.spooldir.track.Tracker;
import io.flafka.tools.audit.SpoolReport.File;
import io.flafka.tools.audit.SpoolReport.State;
import org.jspecify.annotations.Nullable;

/** What is known of a file in a spooling directory before the verdict. For one thread. */
final class FileDraft {
  private final String path;
  private final State state;
  private String unit = "bytes";
  private @Nullable String stream;
  private @Nullable Long tracker;
  private @Nullable Long ledger;
  private @Nullable Long length;

  /**
   * @param path below the spooling directory
   */
  FileDraft(String path, State state) {
    this.path = path;
    this.state = state;
  }

  FileDraft tracker(Tracker known) {
    stream = known.stream();
    tracker = known.offset();
    return unit(known.unit());
  }

  FileDraft unit(String counted) {
    unit = counted;
    return this;
  }

  /** Up to where it is in the topic. */
  FileDraft ledger(long offset) {
    ledger = offset;
    return this;
  }

  /** Where its last line ends. */
  FileDraft length(long end) {
    length = end;
    return this;
  }

  File judged(SpoolVerdict verdict) {
    return judged(verdict, null, null);
  }

  File judged(SpoolVerdict verdict, String note) {
    return judged(verdict, null, note);
  }

  /**
   * Lines are missing.
   *
   * @param count in the file's unit, at least so much
   */
  File missing(long count, String note) {
    return judged(SpoolVerdict.MISSING, count, note);
  }

  private File judged(SpoolVerdict verdict, @Nullable Long missing, @Nullable String note) {
    return new File(path, state, stream, unit, length, ledger, tracker, verdict, missing, note);
  }
}
