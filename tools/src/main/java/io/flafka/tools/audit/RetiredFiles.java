package io.flafka.tools.audit;

import io.flafka.spooldir.SpoolRecords;
import io.flafka.spooldir.SpoolRecords.Found;
import io.flafka.tools.audit.SpoolReport.File;
import io.flafka.tools.audit.SpoolReport.State;
import io.flafka.tools.command.Progress;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Judges retired files whose trackers are gone. Nobody knows their streams any more; but for each
 * of them there must be a stream that ends where its last line does, or lines of it are missing.
 * For one thread, once.
 */
final class RetiredFiles {
  private final SpoolRecords records;
  private final StreamEnds ends;
  private final Instant horizon;
  private final Consumer<File> judged;
  private final Progress progress;
  private final List<Found> old = new ArrayList<>();
  private final List<Unmatched> unmatched = new ArrayList<>();
  private long looked;

  /**
   * A file that no stream was found for.
   *
   * @param end of its last line
   */
  private record Unmatched(Found file, long end) {}

  /**
   * @param ends of all streams that may be theirs
   * @param horizon what was retired before may be forgotten
   * @param judged takes the files
   */
  RetiredFiles(
      SpoolRecords records,
      StreamEnds ends,
      Instant horizon,
      Consumer<File> judged,
      Progress progress) {
    this.records = records;
    this.ends = ends;
    this.horizon = horizon;
    this.judged = judged;
    this.progress = progress;
  }

  /**
   * Judges them.
   *
   * @return how many are from before the horizon, and have no stream
   */
  long judge(List<Found> files) {
    for (Found file : files) {
      if (file.state().touched().toInstant().isBefore(horizon)) {
        old.add(file);
      } else {
        match(file);
      }
      progress.say("%,d retired files looked at", ++looked);
    }
    // Only now: what is forgotten must not have the stream of another file of its length.
    old.removeIf(this::isComplete);
    unmatched.forEach(one -> judged.accept(missing(one)));
    return old.size();
  }

  private void match(Found file) {
    try {
      long end = records.end(file);
      if (ends.take(end)) {
        judged.accept(draft(file, end).ledger(end).judged(SpoolVerdict.COMPLETE));
      } else if (records.isAvro(file)) {
        judged.accept(
            draft(file)
                .judged(SpoolVerdict.UNKNOWN, "it is Avro: events are counted, and not bytes"));
      } else if (!isComplete(file)) {
        unmatched.add(new Unmatched(file, end));
      }
    } catch (NoSuchFileException e) {
      // Somebody made room meanwhile.
    } catch (IOException e) {
      if (!isComplete(file)) {
        judged.accept(
            draft(file)
                .judged(SpoolVerdict.UNKNOWN, "it can't be read to its end: " + e.getMessage()));
      }
    }
  }

  /** As it lies there, which is how it was read if it isn't compressed, or decompress = none. */
  private boolean isComplete(Found file) {
    long size = file.state().identity().size();
    if (!ends.take(size)) {
      return false;
    }
    judged.accept(draft(file).length(size).ledger(size).judged(SpoolVerdict.COMPLETE));
    return true;
  }

  private FileDraft draft(Found file) {
    return new FileDraft(records.below(file.path()), State.RETIRED);
  }

  private FileDraft draft(Found file, long end) {
    return draft(file).unit(unit(file)).length(end);
  }

  private String unit(Found file) {
    return records.isDecompressed(file) ? "decompressed bytes" : "bytes";
  }

  private File missing(Unmatched one) {
    FileDraft draft = draft(one.file(), one.end());
    if (!ends.hasLedger()) {
      return draft.judged(SpoolVerdict.UNKNOWN);
    }
    long before = ends.before(one.end());
    return draft.missing(
        one.end() - before,
        "%d %s or more, up to its end at %d, are not in the topic: no stream in the ledger that isn't another file's ends there%s"
            .formatted(
                one.end() - before,
                unit(one.file()),
                one.end(),
                before == 0 ? ", or before" : "; the nearest before ends at " + before));
  }
}
