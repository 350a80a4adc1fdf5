package io.flafka.tools.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flafka.kafka.ledger.Entry;
import io.flafka.spooldir.SpoolRecords;
import io.flafka.spooldir.disk.FileHead;
import io.flafka.spooldir.disk.FileState;
import io.flafka.spooldir.disk.SpoolUnavailableException;
import io.flafka.spooldir.track.Tracker;
import io.flafka.spooldir.track.TrackerBook;
import io.flafka.tools.command.CommandException;
import io.flafka.tools.command.Json;
import io.flafka.tools.command.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolAuditTest {
  private static final String LINE = "a line of 18 bytes\n";
  private static final long LENGTH = LINE.length();

  @TempDir private Path dir;
  private final Map<String, Entry> ledger = new HashMap<>();
  private TrackerBook trackers;
  private Instant now = Instant.now();
  private @Nullable LocalDate since;

  @BeforeEach
  void open() throws Exception {
    Files.createDirectories(home());
    trackers = TrackerBook.open(home(), dir);
  }

  private Path home() {
    return dir.resolve(".flumespool/.flafka");
  }

  private Path write(String name, int lines) throws IOException {
    return Files.writeString(dir.resolve(name), LINE.repeat(lines));
  }

  private Path gzip(String name, int lines) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(dir.resolve(name)))) {
      out.write(LINE.repeat(lines).getBytes(US_ASCII));
    }
    return dir.resolve(name);
  }

  /** A file of which so much was accepted. */
  private Tracker track(Path file, String format, long offset) throws Exception {
    return track(
        Tracker.first(file, FileState.of(file).identity(), FileHead.of(file), format).at(offset));
  }

  private Tracker track(Tracker tracker) throws Exception {
    trackers.put(tracker);
    trackers.store();
    return tracker;
  }

  private void ledger(Tracker tracker, long offset) {
    ledger.put(tracker.stream(), new Entry.Open(offset));
  }

  /** A stream of a file that nobody knows any more. */
  private void ended(long offset) {
    ledger.put(UUID.randomUUID().toString(), new Entry.Done(offset, 0));
  }

  private SpoolReport audit() throws Exception {
    return audit(() -> ledger);
  }

  private SpoolReport audit(SpoolAudit.Positions positions) throws Exception {
    return new SpoolAudit(
            new SpoolAudit.Question("agent1", "ledger", since),
            new SpoolRecords(dir, ".flumespool", ".COMPLETED", false),
            positions,
            () -> now,
            new Progress(new PrintWriter(new StringWriter())))
        .run();
  }

  private static String text(SpoolReport report) {
    StringWriter out = new StringWriter();
    new SpoolTextReport(report, new PrintWriter(out)).print();
    return out.toString();
  }

  private static SpoolReport.File only(SpoolReport report) {
    assertThat(report.files()).hasSize(1);
    return report.files().get(0);
  }

  private void assertFine(SpoolVerdict verdict) throws Exception {
    SpoolReport report = audit();
    assertThat(only(report).verdict()).isEqualTo(verdict);
    assertThat(report.counts()).isEqualTo(Map.of(verdict, 1L));
    assertThat(report.isComplete()).isTrue();
    assertThat(text(report)).contains("\nComplete: ").contains(verdict.toString());
  }

  private SpoolReport assertWrong(SpoolVerdict verdict, String... words) throws Exception {
    SpoolReport report = audit();
    assertThat(only(report).verdict()).isEqualTo(verdict);
    assertThat(report.isComplete()).isFalse();
    assertThat(text(report))
        .contains("\nNot complete")
        .contains(verdict.toString())
        .contains(words);
    return report;
  }

  @Test
  void whereNoSourceHasEverReadItAnswersNothing() throws Exception {
    write("access.log", 2);
    ended(2 * LENGTH);
    Files.delete(home());
    assertThatThrownBy(this::audit)
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("no source has ever read " + dir)
        .hasMessageContaining("check --spool and --tracker-dir");
  }

  @Test
  void filesAreInTheOrderOfTheirNames() throws Exception {
    for (String name : new String[] {"c", "a", "d", "b"}) {
      write(name + ".log", 1);
      write(name + ".done.COMPLETED", 1);
      ended(LENGTH);
      ledger(track(write(name + ".read", 3), "LINE", 0), LENGTH);
    }
    assertThat(audit().files())
        .extracting(SpoolReport.File::path)
        .containsExactly(
            "a.read",
            "b.read",
            "c.read",
            "d.read",
            "a.log",
            "b.log",
            "c.log",
            "d.log",
            "a.done.COMPLETED",
            "b.done.COMPLETED",
            "c.done.COMPLETED",
            "d.done.COMPLETED");
  }

  @Test
  void whatIsBegunWhileItAsksIsHere() throws Exception {
    Path file = write("access.log", 3);
    SpoolReport report =
        audit(
            () -> {
              try {
                ledger(track(file, "LINE", 0), LENGTH);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              return ledger;
            });
    assertThat(report.elsewhere()).isZero();
  }

  @Test
  void aFileThatNobodyHasBegunWaits() throws Exception {
    write("access.log", 2);
    write(".hidden", 2);
    assertFine(SpoolVerdict.WAITING);
  }

  @Test
  void aFileThatIsBeingReadIsInProgressWhateverItsTrackerKnows() throws Exception {
    Tracker tracker = track(write("access.log", 3), "LINE", 0);
    assertFine(SpoolVerdict.IN_PROGRESS);

    ledger(tracker, 2 * LENGTH);
    assertFine(SpoolVerdict.IN_PROGRESS);
    assertThat(only(audit()))
        .extracting("length", "ledger", "tracker", "stream")
        .containsExactly(3 * LENGTH, 2 * LENGTH, 0L, tracker.stream());
  }

  @Test
  void aFileThatIsReadToItsEndIsAboutToBeRetired() throws Exception {
    ledger(track(write("access.log", 3), "LINE", LENGTH), 3 * LENGTH);
    assertFine(SpoolVerdict.AT_END);
  }

  @Test
  void aRetiredFileIsCompleteIfAStreamEndsWhereItDoes() throws Exception {
    write("access.log.COMPLETED", 3);
    ended(3 * LENGTH);
    assertFine(SpoolVerdict.COMPLETE);
  }

  @Test
  void anEmptyFileIsALineToo() throws Exception {
    write("access.log.COMPLETED", 0);
    ended(0);
    assertFine(SpoolVerdict.COMPLETE);
  }

  @Test
  void aRetiredFileThatIsLongerThanAnyStreamLacksLines() throws Exception {
    write("access.log.COMPLETED", 3);
    ended(2 * LENGTH);
    ended(LENGTH);
    ended(9 * LENGTH);
    SpoolReport report =
        assertWrong(
            SpoolVerdict.MISSING,
            "LINES MISSING: 19",
            "access.log.COMPLETED: 19 bytes or more, up to its end at 57, are not in the topic");
    assertThat(only(report).missing()).isEqualTo(LENGTH);
    assertThat(report.elsewhere()).isEqualTo(3);
  }

  @Test
  void eachRetiredFileTakesAStreamOfItsOwn() throws Exception {
    write("a.COMPLETED", 3);
    write("b.COMPLETED", 3);
    ended(3 * LENGTH);
    SpoolReport report = audit();
    assertThat(report.counts())
        .isEqualTo(Map.of(SpoolVerdict.COMPLETE, 1L, SpoolVerdict.MISSING, 1L));
    ended(3 * LENGTH);
    assertThat(audit().isComplete()).isTrue();
  }

  @Test
  void theStreamOfAFileThatHasATrackerIsNoOthers() throws Exception {
    ledger(track(write("access.log", 4), "LINE", 0), 3 * LENGTH);
    write("other.COMPLETED", 3);
    assertThat(audit().counts())
        .isEqualTo(Map.of(SpoolVerdict.IN_PROGRESS, 1L, SpoolVerdict.MISSING, 1L));
  }

  @Test
  void aFileThatWasRenamedIsKnownByItsTracker() throws Exception {
    Tracker tracker = track(write("access.log", 3), "LINE", 0);
    Files.move(dir.resolve("access.log"), dir.resolve("access.log.COMPLETED"));
    write("access.log", 1);
    ledger(tracker, 2 * LENGTH);
    SpoolReport report = audit();
    assertThat(report.counts())
        .isEqualTo(Map.of(SpoolVerdict.MISSING, 1L, SpoolVerdict.WAITING, 1L));
    assertThat(text(report))
        .contains("19 bytes, [38, 57), are not in the topic, and it is retired");

    ledger(tracker, 3 * LENGTH);
    assertThat(audit().isComplete()).isTrue();
  }

  @Test
  void aFileThatIsGoneIsCompleteIfAllOfItWasSent() throws Exception {
    Tracker tracker = track(write("access.log", 3), "LINE", 0);
    Files.delete(dir.resolve("access.log"));
    ledger(tracker, 3 * LENGTH);
    assertFine(SpoolVerdict.COMPLETE);

    ledger(tracker, 2 * LENGTH);
    assertWrong(SpoolVerdict.MISSING, "are not in the topic, and it is gone");
  }

  @Test
  void aTrackerAheadOfTheLedgerMeansThatLinesDoNotCome() throws Exception {
    Tracker tracker = track(write("access.log", 3), "LINE", 2 * LENGTH);
    ledger(tracker, LENGTH);
    assertWrong(SpoolVerdict.AHEAD, "bytes [19, 38) will not be in the topic");
  }

  @Test
  void aTrackerWithoutLedgerIsOfAChannelThatKeepsNone() throws Exception {
    track(write("access.log", 3), "LINE", 2 * LENGTH);
    assertWrong(
        SpoolVerdict.AHEAD,
        "bytes [0, 38) were accepted",
        "the ledger ledger has nothing of the transactional id agent1",
        "at_least_once");

    Files.delete(dir.resolve("access.log"));
    Files.delete(home().resolve("trackers"));
    write("access.log.COMPLETED", 3);
    assertWrong(SpoolVerdict.UNKNOWN, "nothing of the transactional id");
  }

  @Test
  void aFileThatChangedSinceItWasBegunIsToldWithBothStates() throws Exception {
    Path file = write("access.log", 3);
    Tracker tracker = track(file, "LINE", 0);
    ledger(tracker, 2 * LENGTH);
    Files.writeString(file, LINE.repeat(4));
    assertWrong(SpoolVerdict.CHANGED, "from 57 bytes", "to 76 bytes", "into quarantine");

    Files.writeString(file, LINE);
    assertWrong(SpoolVerdict.BEYOND, "the ledger is at 38, and the file ends at 19");
  }

  @Test
  void anotherFileInTheInodeOfOneThatIsGoneWaits() throws Exception {
    Path file = write("access.log", 3);
    Tracker tracker = track(file, "LINE", 0);
    ledger(tracker, 3 * LENGTH);
    Files.writeString(file, "another beginning, in the same inode\n");
    SpoolReport report = audit();
    assertThat(report.counts())
        .isEqualTo(Map.of(SpoolVerdict.WAITING, 1L, SpoolVerdict.COMPLETE, 1L));
  }

  /** Its stream is gone from the trackers by the second look. */
  @Test
  void theInodeOfAFileThatWasDeletedMayBeTheNextOnes() throws Exception {
    Path file = write("access.log", 3);
    Tracker tracker = track(file, "LINE", 0);
    ledger(tracker, 3 * LENGTH);
    Files.writeString(file, LINE.repeat(4));
    SpoolReport report =
        audit(
            () -> {
              trackers.remove(tracker);
              try {
                trackers.store();
              } catch (SpoolUnavailableException e) {
                throw new IllegalStateException(e);
              }
              return ledger;
            });
    assertThat(report.counts())
        .isEqualTo(Map.of(SpoolVerdict.WAITING, 1L, SpoolVerdict.COMPLETE, 1L));
  }

  @Test
  void whatMovesWhileItAsksIsNoFault() throws Exception {
    Path retired = write("retired.log", 3);
    Tracker reading = track(write("reading.log", 9), "LINE", LENGTH);
    ledger(reading, 2 * LENGTH);
    SpoolReport report =
        audit(
            () -> {
              Map<String, Entry> asked = Map.copyOf(ledger);
              try {
                Files.move(retired, dir.resolve("retired.log.COMPLETED"));
                track(reading.at(5 * LENGTH));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              return asked;
            });
    assertThat(report.counts())
        .isEqualTo(Map.of(SpoolVerdict.IN_PROGRESS, 1L, SpoolVerdict.WAITING, 1L));
    assertThat(report.isComplete()).isTrue();
  }

  @Test
  void positionsInCompressedFilesAreOfWhatTheyDecompressTo() throws Exception {
    Path file = gzip("access.gz", 1_000);
    assertThat(Files.size(file)).isLessThan(10 * LENGTH);
    Tracker tracker = track(file, "LINE/decompressed", 10 * LENGTH);
    ledger(tracker, 20 * LENGTH);
    assertFine(SpoolVerdict.IN_PROGRESS);
    assertThat(only(audit()).unit()).isEqualTo("decompressed bytes");

    ledger(tracker, 1_000 * LENGTH);
    assertFine(SpoolVerdict.AT_END);

    trackers.remove(tracker);
    trackers.store();
    for (String retired : new String[] {"access.gz.COMPLETED", "access.gz.1.COMPLETED"}) {
      Files.move(file, dir.resolve(retired));
      file = dir.resolve(retired);
      assertFine(SpoolVerdict.COMPLETE);
    }
    ledger(tracker, 999 * LENGTH);
    assertWrong(SpoolVerdict.MISSING, "19 decompressed bytes or more, up to its end at 19000");
  }

  @Test
  void compressedFilesThatWereReadAsTheyAreAreCompleteToo() throws Exception {
    ended(Files.size(gzip("access.gz.COMPLETED", 1_000)));
    assertFine(SpoolVerdict.COMPLETE);
  }

  @Test
  void ofEventsTheSourceAloneKnowsTheEnd() throws Exception {
    Path file = write("events.avro", 3);
    Tracker tracker = track(file, "AVRO", 2);
    ledger(tracker, 3);
    assertFine(SpoolVerdict.IN_PROGRESS);
    track(tracker.at(3).finish());
    assertFine(SpoolVerdict.AT_END);
    track(tracker);
    Files.delete(file);
    assertWrong(SpoolVerdict.UNKNOWN, "it is gone, the ledger has 3 events of it");

    trackers.remove(tracker);
    trackers.store();
    Files.write(dir.resolve("events.avro.COMPLETED"), new byte[] {'O', 'b', 'j', 1, 2, 3});
    assertWrong(SpoolVerdict.UNKNOWN, "it is Avro");
  }

  @Test
  void whatALedgerForgetsCannotBeProved() throws Exception {
    write("old.COMPLETED", 3);
    ended(LENGTH);
    now = Instant.now().plus(Duration.ofDays(8));
    SpoolReport report = audit();
    assertThat(report.unremembered()).isEqualTo(1);
    assertThat(report.isComplete()).isTrue();
    assertThat(text(report)).contains("1 retired files are from before what the ledger remembers");

    ended(3 * LENGTH);
    assertFine(SpoolVerdict.COMPLETE);
  }

  @Test
  void olderFilesNeedNotBeProved() throws Exception {
    write("old.COMPLETED", 3);
    ended(LENGTH);
    since = LocalDate.now(ZoneId.systemDefault());
    assertWrong(SpoolVerdict.MISSING, "old.COMPLETED: 38 bytes or more");
    since = since.plusDays(1);
    assertThat(audit().isComplete()).isTrue();
  }

  @Test
  void aMarkerInTheTrackersDirectoryRetiresAFileUnderItsOwnName() throws Exception {
    write("access.log", 3);
    Files.createFile(dir.resolve(".flumespool/access.log.COMPLETED"));
    ended(3 * LENGTH);
    assertFine(SpoolVerdict.COMPLETE);
  }

  @Test
  void whatIsInQuarantineIsNotComplete() throws Exception {
    Tracker tracker = track(write("access.log", 3), "LINE", LENGTH);
    ledger(tracker, LENGTH);
    Path quarantine = Files.createDirectories(dir.resolve(".flumespool/quarantine"));
    Files.move(dir.resolve("access.log"), quarantine.resolve("access.log"));
    Files.writeString(
        quarantine.resolve("access.log.report"),
        "file       /access.log\nstream     " + tracker.stream() + "\n");
    SpoolReport report = audit();
    assertThat(report.files()).isEmpty();
    assertThat(report.elsewhere()).isZero();
    assertThat(report.isComplete()).isFalse();
    assertThat(text(report)).contains("1 files or events are in quarantine", "/access.log\n");
  }

  @Test
  void countsTheStreamsOfDeletedFilesAndNotThoseOfOtherSources() throws Exception {
    ended(3 * LENGTH);
    ledger.put("weblogs-0/" + UUID.randomUUID(), new Entry.Open(7));
    SpoolReport report = audit();
    assertThat(report.elsewhere()).isEqualTo(1);
    assertThat(report.isComplete()).isTrue();
    assertThat(text(report)).contains("1 streams in the ledger are of files that are not here");
  }

  @Test
  void namesTheWorstFirstAndNotAllOfMany() throws Exception {
    for (int i = 0; i < 12; i++) {
      write("waits-" + i, 1);
    }
    write("retired.COMPLETED", 3);
    ended(1);
    assertThat(text(audit()))
        .contains("13 files: 1 LINES MISSING, 12 waiting")
        .contains("and 2 more")
        .containsSubsequence("LINES MISSING: 56", "waits-");
  }

  @Test
  void saysTheSameAsJson() throws Exception {
    write("access.log.COMPLETED", 3);
    ended(LENGTH);
    JsonNode json = new ObjectMapper().readTree(Json.of(audit()));
    assertThat(json.get("complete").booleanValue()).isFalse();
    assertThat(json.at("/counts/LINES MISSING").longValue()).isEqualTo(1);
    assertThat(json.at("/files/0/verdict").textValue()).isEqualTo("LINES MISSING");
    assertThat(json.at("/files/0/state").textValue()).isEqualTo("retired");
    assertThat(json.at("/files/0/missing").longValue()).isEqualTo(2 * LENGTH);
    assertThat(json.at("/elsewhere").longValue()).isEqualTo(1);
  }

  @Test
  void saysWhichTrackersCannotBeRead() throws Exception {
    Files.writeString(home().resolve("trackers"), "torn");
    assertThatThrownBy(this::audit)
        .isInstanceOf(SpoolUnavailableException.class)
        .hasMessageContaining("trackers");
  }
}
