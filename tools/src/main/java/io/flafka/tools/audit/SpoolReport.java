package io.flafka.tools.audit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an audit of a spooling directory found; {@code --json} prints it with these names, and
 * verdicts and states in words.
 *
 * @param since retired files from before that day need not be proved, as {@code 2026-11-26}; null
 *     for none
 * @param counts how many files there are of each verdict that there is
 * @param files a hundred at most of each verdict, the worst first
 * @param unremembered retired files without a stream, from before {@code since} or from longer ago
 *     than a ledger remembers
 * @param elsewhere streams in the ledger of which no file is known here any more
 * @param quarantined how much is in quarantine: files, and single events
 * @param quarantine a hundred of these at most
 * @param problems what keeps the question from being answered, in sentences
 */
record SpoolReport(
    String spoolDir,
    String transactionalId,
    String ledgerTopic,
    @Nullable String since,
    Map<SpoolVerdict, Long> counts,
    List<File> files,
    long unremembered,
    long elsewhere,
    long quarantined,
    List<String> quarantine,
    List<String> problems) {

  /** What has become of a file. */
  enum State {
    WAITING,
    READING,
    RETIRED,
    GONE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One instance of a file.
   *
   * @param path below the spooling directory
   * @param stream its id; null if that isn't known, as of a retired file
   * @param unit what is counted: {@code bytes}, {@code decompressed bytes} or {@code events}
   * @param length where its last line ends; null if that isn't known
   * @param ledger up to where it is in the topic; null if the ledger has nothing of it
   * @param tracker up to where the source knows that it was accepted; null without a tracker
   * @param missing how much of it is not in the topic, at least; null unless lines are missing
   * @param note what is to be said of it, a sentence; null if nothing is
   */
  record File(
      String path,
      State state,
      @Nullable String stream,
      String unit,
      @Nullable Long length,
      @Nullable Long ledger,
      @Nullable Long tracker,
      SpoolVerdict verdict,
      @Nullable Long missing,
      @Nullable String note) {}

  /** Whether all that was read is in the topic, but for what is still being read. */
  public boolean isComplete() {
    return problems.isEmpty()
        && quarantined == 0
        && counts.keySet().stream().noneMatch(SpoolVerdict::isWrong);
  }
}
