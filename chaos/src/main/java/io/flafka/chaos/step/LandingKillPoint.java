package io.flafka.chaos.step;

import java.util.Locale;

/**
 * Where an agent dies on the way from the topic into HDFS, in the order of that way. What is to be
 * recovered by the one that dies {@link Occasion#RECOVERING} is what the one before has left.
 */
public enum LandingKillPoint {
  // The first of all, so that the group has no offset at all.
  NEVER_COMMITTED(
      "a manifest is written by a group that has never committed",
      Occasion.LANDING,
      KillRule.kill(In.SETTLEMENT, "commit", "AT INVOKE " + In.COMMIT)),
  RUN_WITHOUT_OWNER(
      "a run has its directory, and doesn't say whose it is",
      Occasion.RECOVERING,
      KillRule.kill(In.RUN, "begin", "AFTER INVOKE " + In.HDFS + ".makeDirectories")),
  OWNER_HALF_WRITTEN(
      "it is half written whose a run is",
      Occasion.RECOVERING,
      halfWritten("$1.startsWith(\"owner\")")),
  FILE_OPENED(
      "a file is created, and nothing is in it",
      Occasion.LANDING,
      KillRule.kill(In.STAGING, "open", "AFTER INVOKE " + In.RUN + ".create").onTime(2)),
  FILE_HALF_WRITTEN(
      "files are half written",
      Occasion.LANDING,
      KillRule.kill(In.SHIPMENT, "add", "AT EXIT").onTime(14)),
  NOT_CLOSED(
      "a roll is due, and no file is closed",
      Occasion.LANDING,
      KillRule.kill(In.SHIPMENT, "close", "AT ENTRY")),
  FIRST_CLOSED(
      "the first of several files is closed, and perhaps the manifest is written",
      Occasion.LANDING,
      KillRule.kill(In.STAGED, "close", "AT EXIT")),
  ALL_CLOSED(
      "all files are closed, and the manifest is written",
      Occasion.LANDING,
      KillRule.kill(In.SHIPMENT, "close", "AT EXIT")),
  MANIFEST_CREATED(
      "the manifest is created, and nothing is in it",
      Occasion.LANDING,
      KillRule.kill(In.RUN, "write", "AFTER INVOKE " + In.RUN + ".create")
          .when("$1.endsWith(\".json\")")),
  MANIFEST_HALF_WRITTEN(
      "the manifest is half written", Occasion.LANDING, halfWritten("$1.endsWith(\".json\")")),
  MANIFEST_WRITTEN(
      "the manifest is written, and the commit isn't sent",
      Occasion.LANDING,
      KillRule.kill(In.SETTLEMENT, "commit", "AT INVOKE " + In.COMMIT)),
  ABORT_NOT_BEGUN(
      "an aborted manifest is found",
      Occasion.RECOVERING,
      KillRule.kill(In.DEAD, "abort", "AT ENTRY")),
  ABORTED_IN_PART(
      "an aborted manifest and the first of its files are deleted",
      Occasion.RECOVERING,
      KillRule.kill(In.DEAD, "abort", "AT INVOKE " + In.HDFS + ".delete ALL").onTime(3)),
  CLEARING_NOT_BEGUN(
      "a dead run is found, and isn't moved away",
      Occasion.RECOVERING,
      KillRule.kill(
          In.DEAD,
          "clear(org.apache.hadoop.fs.Path, org.apache.hadoop.fs.Path)",
          "AT INVOKE " + In.HDFS + ".rename")),
  CLEARING_MOVED(
      "a dead run is moved away, and isn't deleted",
      Occasion.RECOVERING,
      KillRule.kill(
          In.DEAD, "clear(org.apache.hadoop.fs.Path)", "AT INVOKE " + In.HDFS + ".deleteTree")),
  CLEARED(
      "a run that was moved away is deleted",
      Occasion.RECOVERING,
      KillRule.kill(
          In.DEAD, "clear(org.apache.hadoop.fs.Path)", "AFTER INVOKE " + In.HDFS + ".deleteTree")),
  COMMIT_SENT(
      "the commit is sent, and isn't answered",
      Occasion.LANDING,
      KillRule.note("commit", In.COMMITS, "uninterrupted", "AT ENTRY"),
      KillRule.note("sent", In.NETWORK, "doSend", "AT EXIT")
          .after("commit")
          .when("$1.apiKey().name.equals(\"OffsetCommit\")"),
      KillRule.kill(In.NETWORK, "handleCompletedSends", "AT ENTRY")
          .after("sent")
          .when("!$0.selector.completedSends().isEmpty()")),
  COMMIT_NOT_READ(
      "the commit is answered, and the answer isn't read",
      Occasion.LANDING,
      KillRule.kill(In.ANSWER, "handle", "AT ENTRY")),
  COMMIT_RETURNED(
      "the commit has returned, and nobody has heard of it",
      Occasion.LANDING,
      KillRule.kill(In.COMMITS, "uninterrupted", "AT EXIT")),
  NOTE_FOUND(
      "a note names a manifest, and no file of it is renamed",
      Occasion.RECOVERING,
      KillRule.kill(In.RECOVERY, In.FINISH, "AT INVOKE " + In.PUBLICATION + ".of")),
  NOTE_FIRST_RENAMED(
      "the first file of a manifest that a note names is renamed",
      Occasion.RECOVERING,
      KillRule.kill(In.PUBLICATION, "publish", "AT EXIT")),
  NOTE_SECOND_RENAMED(
      "one more file of a manifest that a note names is renamed",
      Occasion.RECOVERING,
      KillRule.kill(In.PUBLICATION, "publish", "AT EXIT").onTime(2)),
  NOTE_ALL_RENAMED(
      "all files of a manifest that a note names are renamed",
      Occasion.RECOVERING,
      KillRule.kill(In.HISTORY, "add", "AT ENTRY")),
  NOTE_IN_THE_HISTORY(
      "a manifest that a note names is in the history",
      Occasion.RECOVERING,
      KillRule.kill(In.HISTORY, "add", "AT EXIT")),
  NOT_RENAMED(
      "all is committed, and no file is renamed",
      Occasion.LANDING,
      KillRule.kill(In.PUBLICATION, "publish", "AT ENTRY")),
  FIRST_RENAMED(
      "the first file is renamed",
      Occasion.LANDING,
      KillRule.kill(In.PUBLICATION, "publish", "AT EXIT")),
  SECOND_RENAMED(
      "the second file is renamed",
      Occasion.LANDING,
      KillRule.kill(In.PUBLICATION, "publish", "AT EXIT").onTime(2)),
  ALL_RENAMED(
      "all files are renamed, and the manifest isn't in the history",
      Occasion.LANDING,
      KillRule.kill(In.HISTORY, "add", "AT INVOKE " + In.HDFS + ".rename")),
  IN_THE_HISTORY(
      "the manifest is in the history",
      Occasion.LANDING,
      KillRule.kill(In.HISTORY, "add", "AT EXIT")),
  DISCARD_NOT_BEGUN(
      "a file can't be closed, and nothing is discarded",
      Occasion.LANDING,
      KillRule.fail(In.IO_FAILURE, In.STAGED, "close", "AT ENTRY"),
      KillRule.kill(In.RUN, "clear", "AT ENTRY")),
  DISCARDED_IN_PART(
      "a file can't be closed, and the first one is discarded",
      Occasion.LANDING,
      KillRule.fail(In.IO_FAILURE, In.STAGED, "close", "AT ENTRY"),
      KillRule.kill(In.RUN, "clear", "AT INVOKE " + In.HDFS + ".delete ALL").onTime(2)),
  DISCARDED(
      "a file can't be closed, and all are discarded",
      Occasion.LANDING,
      KillRule.fail(In.IO_FAILURE, In.STAGED, "close", "AT ENTRY"),
      KillRule.kill(In.RUN, "clear", "AT EXIT")),
  FAILED_COMMIT_DISCARDED_IN_PART(
      "a commit was not applied, and its manifest is discarded",
      Occasion.LANDING,
      KillRule.fail(In.KAFKA_FAILURE, In.COMMITS, "uninterrupted", "AT ENTRY"),
      KillRule.kill(In.RUN, "clear", "AFTER INVOKE " + In.HDFS + ".delete")),
  DOUBTED_COMMIT_LEFT(
      "a commit was applied without an answer, and the member has left the group",
      Occasion.LANDING,
      KillRule.fail(In.KAFKA_FAILURE, In.COMMITS, "uninterrupted", "AT EXIT"),
      KillRule.kill(In.READER, "rejoin", "AT EXIT")),
  DOUBTED_COMMIT_KNOWN(
      "a commit was applied without an answer, and that was just found out",
      Occasion.LANDING,
      KillRule.fail(In.KAFKA_FAILURE, In.COMMITS, "uninterrupted", "AT EXIT"),
      KillRule.kill(In.SETTLEMENT, "resolve", "AT INVOKE " + In.SETTLEMENT + ".publish")),
  FORGOTTEN_UNCOMMITTED(
      "a manifest is written, and not committed before the group is forgotten",
      Occasion.FORGOTTEN,
      KillRule.kill(In.SETTLEMENT, "commit", "AT INVOKE " + In.COMMIT)),
  FORGOTTEN_COMMITTED(
      "a manifest is committed, and no file is renamed before the group is forgotten",
      Occasion.FORGOTTEN,
      KillRule.kill(In.PUBLICATION, "publish", "AT ENTRY")),
  FORGOTTEN_HALF_RENAMED(
      "a manifest is committed, and one file is renamed before the group is forgotten",
      Occasion.FORGOTTEN,
      KillRule.kill(In.PUBLICATION, "publish", "AT EXIT")),
  REVOKED(
      "partitions are to be given away, and nothing is prepared",
      Occasion.REVOKED,
      KillRule.kill(In.REBALANCES, "onPartitionsRevoked", "AT ENTRY")),
  REVOKED_AND_PREPARED(
      "partitions are to be given away, and what was taken of them is prepared",
      Occasion.REVOKED,
      KillRule.kill(In.SETTLEMENT, "commit", "AT INVOKE " + In.COMMIT)),
  REVOKED_AND_COMMITTED(
      "partitions are to be given away, and what was taken of them is committed",
      Occasion.REVOKED,
      KillRule.kill(In.PUBLICATION, "of", "AT ENTRY")),
  REVOKED_AND_PUBLISHED(
      "partitions are to be given away, and what was taken of them is published",
      Occasion.REVOKED,
      KillRule.kill(In.REBALANCES, "onPartitionsRevoked", "AT EXIT")),
  STOPPED(
      "the sink stops, and nothing is landed",
      Occasion.STOPPED,
      KillRule.kill(In.EXACTLY_ONCE, "close", "AT ENTRY")),
  STOPPED_AND_PREPARED(
      "the sink stops, and what was taken is prepared",
      Occasion.STOPPED,
      KillRule.kill(In.SETTLEMENT, "commit", "AT INVOKE " + In.COMMIT)),
  STOPPED_AND_COMMITTED(
      "the sink stops, and what was taken is committed",
      Occasion.STOPPED,
      KillRule.kill(In.PUBLICATION, "of", "AT ENTRY")),
  STOPPED_AND_PUBLISHED(
      "the sink stops, and its directory isn't gone",
      Occasion.STOPPED,
      KillRule.kill(In.RUN, "end", "AT INVOKE " + In.HDFS + ".deleteTree"));

  private final String sentence;
  private final Occasion occasion;
  private final String rules;

  /** When an agent gets to a place. */
  public enum Occasion {
    /** It lands what comes. */
    LANDING,
    /** The same, and the group is deleted when it is dead. */
    FORGOTTEN,
    /** It finds what the one before it has left. */
    RECOVERING,
    /** It has files open, and another member joins the group. */
    REVOKED,
    /** It has files open, and is asked to end. */
    STOPPED;

    /** Whether it must have files open before that. */
    public boolean needsOpenFiles() {
      return this == REVOKED || this == STOPPED;
    }
  }

  /** Names that a rule holds on to. */
  private interface In {
    String SINK = "io.flafka.hdfs.HdfsSink";
    String EXACTLY_ONCE = "io.flafka.hdfs.exactlyonce.ExactlyOnce";
    String RUN = "io.flafka.hdfs.exactlyonce.Run";
    String STAGING = "io.flafka.hdfs.exactlyonce.Staging";
    String STAGED = "io.flafka.hdfs.exactlyonce.StagedFile";
    String SHIPMENT = "io.flafka.hdfs.exactlyonce.Shipment";
    String PUBLICATION = "io.flafka.hdfs.exactlyonce.Publication";
    String HISTORY = "io.flafka.hdfs.exactlyonce.History";
    String RECOVERY = "io.flafka.hdfs.exactlyonce.Recovery";
    String FINISH =
        "finish(io.flafka.hdfs.file.HdfsClient, io.flafka.hdfs.exactlyonce.Publication,"
            + " org.apache.hadoop.fs.Path)";
    String DEAD = "io.flafka.hdfs.exactlyonce.DeadRuns";
    String HDFS = "io.flafka.hdfs.file.HdfsClient";
    String READER = "io.flafka.kafka.consume.TopicReader";
    String REBALANCES = "io.flafka.kafka.consume.Rebalances";
    String SETTLEMENT = "io.flafka.kafka.consume.Settlement";
    String COMMITS = "io.flafka.kafka.consume.Commits";
    String COMMIT = COMMITS + ".uninterrupted";
    String NETWORK = "org.apache.kafka.clients.NetworkClient";
    String ANSWER =
        "org.apache.kafka.clients.consumer.internals.ConsumerCoordinator"
            + "$OffsetCommitResponseHandler";
    String NEVER_ROLLED =
        KillRule.returnNull(SHIPMENT, "over").awake("over")
            + KillRule.returnNull(STAGED, "full").awake("full");
    String IO_FAILURE = "java.io.IOException";
    String KAFKA_FAILURE = "org.apache.kafka.common.KafkaException";
  }

  LandingKillPoint(String sentence, Occasion occasion, KillRule... rules) {
    this.sentence = sentence;
    this.occasion = occasion;
    this.rules = KillRule.sleeping(rules);
  }

  /** Half of a small file gets to the disks. */
  private static KillRule halfWritten(String which) {
    return KillRule.killAfter(
            "$!.write($2, 0, $2.length / 2); $!.hsync()",
            In.RUN,
            "write",
            "AFTER INVOKE " + In.RUN + ".create")
        .when(which);
  }

  public Occasion occasion() {
    return occasion;
  }

  /** Where its events go. */
  public String[] directories() {
    String name = name().toLowerCase(Locale.ROOT);
    return new String[] {name + "-0", name + "-1", name + "-2"};
  }

  /** What makes an agent die here, for Byteman. */
  public String script() {
    String script = waking().text("wake") + rules;
    return occasion.needsOpenFiles() ? script + In.NEVER_ROLLED : script;
  }

  private KillRule waking() {
    return occasion == Occasion.RECOVERING
        ? starting()
        : landing().when("$1.directory().endsWith(\"/" + directories()[0] + "\")");
  }

  private static KillRule starting() {
    return KillRule.wake(In.EXACTLY_ONCE, "<init>", "AT ENTRY");
  }

  private static KillRule landing() {
    return KillRule.wake(In.SHIPMENT, "add", "AT ENTRY");
  }

  /** What makes an agent die here with whatever it lands. */
  public String scriptForAnyDirectory() {
    KillRule waking =
        switch (occasion) {
          case RECOVERING -> starting();
          case REVOKED -> KillRule.wake(In.REBALANCES, "onPartitionsRevoked", "AT ENTRY");
          case STOPPED -> KillRule.wake(In.SINK, "stop", "AT ENTRY");
          case LANDING, FORGOTTEN -> landing();
        };
    return waking.text("wake") + rules;
  }

  @Override
  public String toString() {
    return sentence;
  }
}
