package io.flafka.tools.audit;

import io.flafka.kafka.ledger.Entry;
import io.flafka.spooldir.SpoolRecords;
import io.flafka.spooldir.SpoolRecords.Found;
import io.flafka.spooldir.disk.FileIdentity;
import io.flafka.spooldir.disk.SpoolUnavailableException;
import io.flafka.spooldir.track.Tracker;
import io.flafka.tools.audit.SpoolReport.File;
import io.flafka.tools.audit.SpoolReport.State;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Judges files that have trackers: they are begun, and their streams are known, so that the ledger
 * says how far each of them is in the topic.
 *
 * <p>A source goes on at the ledger's position, but never before its tracker's: what a tracker has
 * ahead of the ledger does not come again.
 */
record TrackedFiles(SpoolRecords records, FoundFiles found, Map<String, Entry> ledger) {

  /**
   * One of them.
   *
   * @param file null if it is gone
   */
  private record Instance(Tracker tracker, @Nullable Found file, State state) {}

  /**
   * Judges one.
   *
   * @throws SpoolUnavailableException if the trackers can't be read again
   */
  File judge(Tracker tracker) throws SpoolUnavailableException {
    Instance instance = instance(tracker);
    if (instance.file() != null) {
      found.claim(instance.file());
    }
    Entry entry = ledger.get(tracker.stream());
    FileDraft draft =
        new FileDraft(records.below(tracker.file()), instance.state()).tracker(tracker);
    if (entry != null) {
      draft.ledger(entry.offset());
    }
    if (tracker.offset() > (entry == null ? 0 : entry.offset())) {
      return ahead(draft, tracker, entry);
    }
    return judge(draft, instance, entry);
  }

  private Instance instance(Tracker tracker) throws SpoolUnavailableException {
    Found retired = found.retired(tracker);
    if (retired != null) {
      return new Instance(tracker, retired, State.RETIRED);
    }
    Found here = found.waiting(tracker);
    return here != null && (isSame(here, tracker) || hasChanged(here, tracker))
        ? new Instance(tracker, here, State.READING)
        : new Instance(tracker, null, State.GONE);
  }

  private static boolean isSame(Found file, Tracker tracker) {
    return file.state().identity().equals(tracker.identity());
  }

  /**
   * The next file may well have the inode of one that was deleted; then it begins otherwise, or the
   * tracker is gone.
   */
  private boolean hasChanged(Found file, Tracker tracker) throws SpoolUnavailableException {
    FileIdentity now = file.state().identity();
    return now.inode() != 0
        && now.inode() == tracker.identity().inode()
        && tracker.head().isOf(file.path())
        && records.trackers().stream().anyMatch(one -> one.stream().equals(tracker.stream()));
  }

  private static File ahead(FileDraft draft, Tracker tracker, @Nullable Entry entry) {
    if (entry == null) {
      return draft.judged(
          SpoolVerdict.AHEAD,
          "its tracker says that %s were accepted, and the ledger has nothing of it. If the channel was at_least_once then, or stock Flume had begun the file, they were sent, which nobody can prove; else check --transactional-id. The source goes on behind them"
              .formatted(tracker.delivered()));
    }
    return draft.judged(
        SpoolVerdict.AHEAD,
        "the source goes on at its tracker, so that %s [%d, %d) will not be in the topic. It may be that an interceptor dropped those lines, or that a selector sent them elsewhere"
            .formatted(tracker.unit(), entry.offset(), tracker.offset()));
  }

  private File judge(FileDraft draft, Instance instance, @Nullable Entry entry) {
    Tracker tracker = instance.tracker();
    long reached = entry == null ? 0 : entry.offset();
    Found file = instance.file();
    if (file != null && !isSame(file, tracker)) {
      return changed(draft, tracker, file, reached);
    }
    OptionalLong end = end(instance);
    if (end.isEmpty()) {
      // Of what counts events, and of what isn't there to be decompressed, the source knew the end.
      return tracker.finished() && entry != null
          ? read(draft, instance)
          : unread(draft, instance, reached);
    }
    draft.length(end.getAsLong());
    if (reached > end.getAsLong()) {
      return beyond(draft, reached, end.getAsLong());
    }
    if (reached == end.getAsLong() && entry != null) {
      return read(draft, instance);
    }
    return instance.state() == State.READING
        ? draft.judged(SpoolVerdict.IN_PROGRESS)
        : missing(draft, instance, reached, end.getAsLong());
  }

  private static File changed(FileDraft draft, Tracker tracker, Found file, long reached) {
    long size = file.state().identity().size();
    if (tracker.countsBytesOfFile()) {
      draft.length(size);
      if (reached > size) {
        return beyond(draft, reached, size);
      }
    }
    return draft.judged(
        SpoolVerdict.CHANGED,
        "from %s to %s: the source puts it into quarantine"
            .formatted(tracker.identity(), file.state().identity()));
  }

  private static File beyond(FileDraft draft, long reached, long end) {
    return draft.judged(
        SpoolVerdict.BEYOND,
        "the ledger is at %d, and the file ends at %d: it was cut off or replaced"
            .formatted(reached, end));
  }

  private static File read(FileDraft draft, Instance instance) {
    return draft.judged(
        instance.state() == State.READING ? SpoolVerdict.AT_END : SpoolVerdict.COMPLETE);
  }

  private static File unread(FileDraft draft, Instance instance, long reached) {
    return instance.state() == State.READING
        ? draft.judged(SpoolVerdict.IN_PROGRESS)
        : draft.judged(
            SpoolVerdict.UNKNOWN,
            "it is %s, the ledger has %d %s of it, and how many there were isn't known"
                .formatted(instance.state(), reached, instance.tracker().unit()));
  }

  private static File missing(FileDraft draft, Instance instance, long reached, long end) {
    return draft.missing(
        end - reached,
        "%d %s, [%d, %d), are not in the topic, and it is %s"
            .formatted(end - reached, instance.tracker().unit(), reached, end, instance.state()));
  }

  private OptionalLong end(Instance instance) {
    Tracker tracker = instance.tracker();
    Found file = instance.file();
    try {
      return file == null && !tracker.countsBytesOfFile()
          ? OptionalLong.empty()
          : records.end(tracker, file == null ? tracker.file() : file.path());
    } catch (IOException e) {
      // It breaks off, which the source will find, too; or it is gone since.
      return OptionalLong.empty();
    }
  }
}
