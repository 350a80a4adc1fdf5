package io.flafka.chaos.step;

import java.util.Locale;

/**
 * Where an agent dies on a file's way from the spooling directory to the topic, in the order of
 * that way.
 */
public enum KillPoint {
  TRACKER_WRITTEN(
      "the trackers are written, and the file isn't in its place",
      Retirement.RENAMED,
      lines(250),
      KillRule.kill(In.DURABLE, "write", "AT INVOKE java.nio.file.Files.move")
          .when("$1.endsWith(\"trackers\")")),
  TRACKER_IN_PLACE(
      "the trackers are in their place, and that isn't forced to the disk",
      Retirement.RENAMED,
      lines(250),
      KillRule.kill(In.DURABLE, "replace", "AT INVOKE " + In.DURABLE + ".force")
          .when("$1.endsWith(\"trackers\")")),
  STREAM_STORED(
      "a file's stream id is stored, and nothing of it is put",
      Retirement.RENAMED,
      lines(250),
      KillRule.kill(In.SOURCE + "Claims", "next", "AT EXIT")),
  RECORDS_WITHOUT_LEDGER(
      "the producer has a batch's records, and not its ledger entry",
      Retirement.RENAMED,
      lines(250),
      KillRule.kill(In.CHANNEL + "Epoch", "fill", "AT INVOKE java.util.List.forEach")
          .when("$1.iterator().hasNext()")
          .onTime(2)),
  COMMIT_NOT_BEGUN(
      "the producer has a whole transaction, and isn't told to commit",
      Retirement.RENAMED,
      lines(250),
      KillRule.kill(In.CHANNEL + "ExactlyOnceSender", In.COMMITTED, "AT ENTRY").onTime(2)),
  COMMIT_NOT_ASKED_FOR(
      "the broker has a whole transaction, and isn't asked to commit",
      Retirement.RENAMED,
      lines(250),
      KillRule.note("commit", In.CHANNEL + "ExactlyOnceSender", In.COMMITTED, "AT ENTRY"),
      KillRule.kill(In.END_OF_TRANSACTION, "requestBuilder", "AT ENTRY").after("commit")),
  COMMIT_NOT_ANSWERED(
      "the broker has committed, and its answer isn't read",
      Retirement.RENAMED,
      lines(250),
      KillRule.note("commit", In.CHANNEL + "ExactlyOnceSender", In.COMMITTED, "AT ENTRY"),
      KillRule.kill(In.END_OF_TRANSACTION, "handleResponse", "AT ENTRY").after("commit")),
  COMMIT_RETURNED(
      "the commit has returned, and the source hasn't heard of it",
      Retirement.RENAMED,
      lines(250),
      KillRule.kill(In.CHANNEL + "ExactlyOnceSender", In.COMMITTED, "AT EXIT").onTime(2)),
  GZIP_HALF_PUT(
      "half of a compressed file is put",
      Retirement.RENAMED,
      new Dropped(Form.GZIP, 1_000),
      KillRule.kill(In.CHANNEL + "ExactlyOnceSender", In.COMMITTED, "AT EXIT").onTime(4)),
  SOURCE_TOLD(
      "the source has heard of a commit, and noted nothing",
      Retirement.RENAMED,
      lines(250),
      KillRule.kill(In.SOURCE + "Settlement", "add", "AT ENTRY").onTime(2)),
  LAST_LINE_WITHOUT_NEWLINE(
      "a last line without a newline is committed, and nothing is noted",
      Retirement.RENAMED,
      new Dropped(Form.UNENDED, 50),
      KillRule.kill(In.SOURCE + "Settlement", "add", "AT ENTRY")),
  EMPTY_FILE_COMMITTED(
      "an empty file's event is committed, and nothing is noted",
      Retirement.RENAMED,
      lines(0),
      KillRule.kill(In.SOURCE + "Settlement", "add", "AT ENTRY")),
  POSITION_NOT_STORED(
      "positions are about to be stored in mid-file",
      Retirement.RENAMED,
      lines(20_000),
      KillRule.note("accepted", In.SOURCE + "Settlement", "add", "AT EXIT"),
      KillRule.kill(In.TRACKERS, "write", "AT ENTRY").after("accepted")),
  POSITION_STORED(
      "positions are stored in mid-file",
      Retirement.RENAMED,
      lines(20_000),
      KillRule.note("accepted", In.SOURCE + "Settlement", "add", "AT EXIT"),
      KillRule.kill(In.TRACKERS, "write", "AT EXIT").after("accepted")),
  END_STORED(
      "it is stored that all of a file is put, and the file isn't retired",
      Retirement.RENAMED,
      lines(50),
      KillRule.note("accepted", In.SOURCE + "Settlement", "add", "AT EXIT"),
      // As a lane does that picks up another file just then.
      KillRule.killAfter("$0.trackers.store()", In.SOURCE + "Settlement", "drain", "AT ENTRY")
          .after("accepted")),
  NOT_RENAMED(
      "a finished file is about to be renamed",
      Retirement.RENAMED,
      lines(50),
      KillRule.kill(In.RETIREMENT + "Renaming", "retire", "AT INVOKE " + In.DURABLE + ".move")),
  RENAMED(
      "a finished file is renamed, and that isn't forced to the disk",
      Retirement.RENAMED,
      lines(50),
      KillRule.kill(In.SOURCE + "Settlement", "force", "AT ENTRY").when("!$1.isEmpty()")),
  EMPTY_FILE_RENAMED(
      "an empty file is renamed, and that isn't forced to the disk",
      Retirement.RENAMED,
      lines(0),
      KillRule.kill(In.SOURCE + "Settlement", "force", "AT ENTRY").when("!$1.isEmpty()")),
  RENAMED_FOR_GOOD(
      "a renamed file is forced to the disk, and its stream isn't forgotten",
      Retirement.RENAMED,
      lines(50),
      KillRule.kill(In.SOURCE + "Settlement", "forget", "AT ENTRY").when("!$1.isEmpty()")),
  FORGOTTEN(
      "a stream is forgotten, and its tracker is there; another file comes under the same name",
      Retirement.RENAMED,
      new Dropped(Form.PLAIN, 50).twice(),
      KillRule.kill(In.TRACKERS, "remove", "AT ENTRY")),
  // Behind one that leaves something behind, the end of which comes with the next transaction.
  END_IN_THE_LEDGER(
      "the ledger says that a stream has ended",
      Retirement.RENAMED,
      lines(20_000),
      KillRule.note("ended", "io.flafka.kafka.ledger.Ledger$Change", "end", "AT EXIT"),
      KillRule.kill(In.CHANNEL + "ExactlyOnceSender", In.COMMITTED, "AT EXIT").after("ended")),
  TRACKER_GONE(
      "the tracker of a retired file is gone",
      Retirement.RENAMED,
      lines(50),
      KillRule.kill(In.SOURCE + "Settlement", "release", "AT ENTRY")),
  // Behind one that leaves nothing behind: to recover something, the id would be taken before.
  ID_NOT_SIGNED(
      "the predecessor is fenced, and the ledger doesn't say by whom",
      Retirement.RENAMED,
      lines(250),
      KillRule.kill(In.CHANNEL + "Ownership", "sign", "AT ENTRY")),
  NOT_DELETED(
      "a finished file is about to be deleted",
      Retirement.DELETED,
      lines(50),
      KillRule.kill(In.RETIREMENT + "Deleting", "retire", "AT INVOKE java.nio.file.Files.delete")),
  DELETED(
      "a finished file is deleted",
      Retirement.DELETED,
      lines(50),
      KillRule.kill(In.RETIREMENT + "Deleting", "retire", "AT EXIT")),
  NOT_ARCHIVED(
      "a finished file is about to be moved into the archive",
      Retirement.ARCHIVED,
      lines(50),
      KillRule.kill(In.RETIREMENT + "Archiving", "retire", "AT INVOKE " + In.DURABLE + ".move")),
  ARCHIVED(
      "a finished file is moved into the archive",
      Retirement.ARCHIVED,
      lines(50),
      KillRule.kill(In.RETIREMENT + "Archiving", "retire", "AT EXIT")),
  NOT_MARKED(
      "a finished file is about to be marked",
      Retirement.MARKED,
      lines(50),
      KillRule.kill(In.RETIREMENT + "Marking", "retire", "AT INVOKE " + In.DURABLE + ".write")),
  MARKED_WITHOUT_ITS_TIME(
      "a finished file is marked, and its marker has no time yet",
      Retirement.MARKED,
      lines(50),
      KillRule.kill(In.RETIREMENT + "Marking", "retire", "AFTER INVOKE " + In.DURABLE + ".write")),
  MARKED(
      "a finished file is marked",
      Retirement.MARKED,
      lines(50),
      KillRule.kill(In.RETIREMENT + "Marking", "retire", "AT EXIT")),
  QUARANTINE_REPORTED(
      "a broken file has its report, and isn't in quarantine",
      Retirement.RENAMED,
      new Dropped(Form.TORN_GZIP, 250),
      KillRule.kill(In.RETIREMENT + "Quarantine", "take", "AT INVOKE " + In.DURABLE + ".move")),
  QUARANTINED(
      "a broken file is in quarantine, and its tracker is there",
      Retirement.RENAMED,
      new Dropped(Form.TORN_GZIP, 250),
      KillRule.kill(In.RETIREMENT + "Quarantine", "take", "AT EXIT"));

  private final String sentence;
  private final Retirement retirement;
  private final Form form;
  private final int lines;
  private final boolean again;
  private final String rules;

  /** Names that a rule holds on to. */
  private interface In {
    String SOURCE = "io.flafka.spooldir.";
    String RETIREMENT = SOURCE + "retire.";
    String DURABLE = SOURCE + "disk.Durable";
    String TRACKERS = SOURCE + "track.TrackerBook";
    String CHANNEL = "io.flafka.kafka.produce.";
    String COMMITTED = "committed(io.flafka.kafka.produce.Epoch, io.flafka.kafka.ledger.Owner)";
    String END_OF_TRANSACTION =
        "org.apache.kafka.clients.producer.internals.TransactionManager$EndTxnHandler";
  }

  /** The file that it happens to. */
  private record Dropped(Form form, int lines, boolean again) {
    Dropped(Form form, int lines) {
      this(form, lines, false);
    }

    Dropped twice() {
      return new Dropped(form, lines, true);
    }
  }

  private static Dropped lines(int count) {
    return new Dropped(Form.PLAIN, count);
  }

  KillPoint(String sentence, Retirement retirement, Dropped dropped, KillRule... rules) {
    this.sentence = sentence;
    this.retirement = retirement;
    this.form = dropped.form();
    this.lines = dropped.lines();
    this.again = dropped.again();
    this.rules = KillRule.sleeping(rules);
  }

  /** What becomes of the file. */
  public Retirement retirement() {
    return retirement;
  }

  /** What the file is like that it happens to. */
  public Form form() {
    return form;
  }

  /** How many lines are to come of it. */
  public int lines() {
    return lines;
  }

  /** Whether another one comes under its name before the agent is started again. */
  public boolean comesAgain() {
    return again;
  }

  public String fileName() {
    boolean zipped = form == Form.GZIP || form == Form.TORN_GZIP;
    return name().toLowerCase(Locale.ROOT) + (zipped ? ".gz" : "");
  }

  /** What makes an agent die here, for Byteman. */
  public String script() {
    return reading().when("$1.getFileName().toString().equals(\"" + fileName() + "\")").text("wake")
        + rules;
  }

  /** What makes an agent die here with whatever file it reads. */
  public String scriptForAnyFile() {
    return reading().text("wake") + rules;
  }

  private static KillRule reading() {
    return KillRule.wake(In.SOURCE + "Claims", "begin", "AT ENTRY");
  }

  @Override
  public String toString() {
    return sentence;
  }
}
