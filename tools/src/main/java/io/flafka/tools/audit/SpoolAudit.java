package io.flafka.tools.audit;

import io.flafka.kafka.ledger.Entry;
import io.flafka.kafka.ledger.Ledger;
import io.flafka.spooldir.SpoolRecords;
import io.flafka.spooldir.disk.SpoolUnavailableException;
import io.flafka.spooldir.retire.Quarantine;
import io.flafka.spooldir.track.Tracker;
import io.flafka.tools.audit.SpoolReport.File;
import io.flafka.tools.audit.SpoolReport.State;
import io.flafka.tools.command.CommandException;
import io.flafka.tools.command.Progress;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the trackers, the spooling directory and the ledger, and holds what they say against each
 * other. For one thread, once.
 *
 * <p>The order of the questions matters while an agent is at work: the trackers, which are never
 * ahead of the ledger; the files, which have trackers until they are retired, and are in the ledger
 * to their ends by then; what is in quarantine, where a file is moved to; and the ledger last.
 */
final class SpoolAudit {
  private final Question question;
  private final SpoolRecords records;
  private final Positions positions;
  private final InstantSource clock;
  private final Progress progress;
  private final Map<SpoolVerdict, Bounded<File>> judged = new EnumMap<>(SpoolVerdict.class);

  /**
   * What is asked.
   *
   * @param since the first day whose retired files must be in the ledger; null for all that it
   *     remembers
   */
  record Question(String transactionalId, String ledgerTopic, @Nullable LocalDate since) {}

  /** The ledger of a transactional id. */
  interface Positions {
    /** What it says of each stream at this moment. */
    Map<String, Entry> read() throws CommandException, InterruptedException;
  }

  SpoolAudit(
      Question question,
      SpoolRecords records,
      Positions positions,
      InstantSource clock,
      Progress progress) {
    this.question = question;
    this.records = records;
    this.positions = positions;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Answers.
   *
   * @throws SpoolUnavailableException if the trackers can't be read
   * @throws IOException if the directory can't be, or as an {@link CommandException} the ledger
   */
  SpoolReport run() throws SpoolUnavailableException, IOException, InterruptedException {
    List<Tracker> trackers =
        records.trackers().stream().sorted(Comparator.comparing(Tracker::file)).toList();
    FoundFiles found = new FoundFiles();
    records.files(
        file -> {
          found.add(file);
          progress.step("%,d files found", found.size());
        });
    if (!records.isKnown()) {
      throw new CommandException(
          "no source has ever read "
              + records.spoolDir()
              + ": its trackers would be in "
              + records.home()
              + ": check --spool and --tracker-dir");
    }
    List<Quarantine.Kept> quarantined = records.quarantined();
    Map<String, Entry> ledger = positions.read();

    Set<String> known = new HashSet<>();
    quarantined.stream().filter(kept -> !kept.event()).forEach(kept -> known.add(kept.stream()));
    TrackedFiles tracked = new TrackedFiles(records, found, ledger);
    for (Tracker tracker : trackers) {
      if (known.add(tracker.stream())) {
        add(tracked.judge(tracker));
      }
    }
    // What was begun since is in the ledger already.
    records.trackers().forEach(tracker -> known.add(tracker.stream()));
    found.otherWaiting().forEach(file -> add(waiting(file)));
    StreamEnds ends = new StreamEnds(ledger, known);
    long unremembered =
        new RetiredFiles(records, ends, horizon(), this::add, progress).judge(found.otherRetired());
    return report(unremembered, ends.size(), quarantined, problems(ledger));
  }

  private void add(File file) {
    judged.computeIfAbsent(file.verdict(), first -> new Bounded<>()).add(file);
  }

  private File waiting(SpoolRecords.Found file) {
    return new FileDraft(records.below(file.path()), State.WAITING)
        .length(file.state().identity().size())
        .judged(SpoolVerdict.WAITING);
  }

  /** What was retired before may be forgotten. */
  private Instant horizon() {
    Instant remembered = clock.instant().minus(Ledger.REMEMBERED);
    if (question.since() == null) {
      return remembered;
    }
    Instant since = question.since().atStartOfDay(ZoneId.systemDefault()).toInstant();
    return since.isAfter(remembered) ? since : remembered;
  }

  private List<String> problems(Map<String, Entry> ledger) {
    // Of what has only just been begun, nothing need be there.
    return ledger.isEmpty() && judged.keySet().stream().anyMatch(SpoolVerdict::isWrong)
        ? List.of(
            "the ledger "
                + question.ledgerTopic()
                + " has nothing of the transactional id "
                + question.transactionalId()
                + ": check --transactional-id and --ledger-topic. A channel that is at_least_once"
                + " keeps no ledger: then a file is retired once the channel has accepted all of"
                + " it, and a tracker is never ahead of the channel, but neither can be proved")
        : List.of();
  }

  private SpoolReport report(
      long unremembered, long elsewhere, List<Quarantine.Kept> quarantined, List<String> problems) {
    Map<SpoolVerdict, Long> counts = new EnumMap<>(SpoolVerdict.class);
    List<File> files = new ArrayList<>();
    judged.forEach(
        (verdict, some) -> {
          counts.put(verdict, some.count());
          files.addAll(some.first());
        });
    Bounded<String> kept = new Bounded<>();
    quarantined.forEach(one -> kept.add(one.path().toString()));
    return new SpoolReport(
        records.spoolDir().toString(),
        question.transactionalId(),
        question.ledgerTopic(),
        question.since() == null ? null : question.since().toString(),
        counts,
        files,
        unremembered,
        elsewhere,
        kept.count(),
        kept.first(),
        problems);
  }
}
