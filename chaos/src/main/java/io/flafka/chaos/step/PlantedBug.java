package io.flafka.chaos.step;

import java.util.Locale;

/**
 * A mistake that such a suite could make, and that loses or doubles lines when an agent dies, or is
 * too slow, at the wrong moment. Who plants one sees whether that would be noticed.
 */
public enum PlantedBug {
  /** Files get their final names before their offsets are committed. */
  PUBLISHED_BEFORE_COMMIT(
      KillRule.act(
          "$0.publication.of($!.pending(), $!.manifest())",
          "io.flafka.hdfs.exactlyonce.Manifests",
          "prepareNow",
          "AT EXIT")),
  /** Positions are in the ledger before their records are in the topic. */
  LEDGER_OUTSIDE_TRANSACTION(
      KillRule.act(
              "$0.fill(java.util.Collections.emptyList(), $2); $0.commit()",
              "io.flafka.kafka.produce.Epoch",
              "fill",
              "AT ENTRY")
          .when("$1.iterator().hasNext()")),
  /** A file that can't be renamed is taken for renamed. */
  RENAME_RESULT_DROPPED(
      KillRule.act(
          "return io.flafka.hdfs.file.Publisher$Outcome.RENAMED",
          "io.flafka.hdfs.file.Publisher",
          "publish",
          "AT EXCEPTION EXIT")),
  /** Whoever loses partitions keeps what it made of their uncommitted records. */
  REVOKED_WITHOUT_DISCARD(
      KillRule.act("return", In.HANDOVER, "discard", "AT ENTRY").after("lost"),
      KillRule.note("lost", In.REBALANCES, "onPartitionsLost", "AT ENTRY"),
      KillRule.note("lost", In.REBALANCES, "onPartitionsRevoked", "AT ENTRY"),
      KillRule.note("lost", In.SETTLEMENT, "resolve", "AT ENTRY"),
      KillRule.act("clear(\"lost\")", In.REBALANCES, "onPartitionsLost", "AT EXIT"),
      KillRule.act("clear(\"lost\")", In.REBALANCES, "onPartitionsRevoked", "AT EXIT"),
      KillRule.act("clear(\"lost\")", In.SETTLEMENT, "resolve", "AT EXIT"));

  private interface In {
    String REBALANCES = "io.flafka.kafka.consume.Rebalances";
    String SETTLEMENT = "io.flafka.kafka.consume.Settlement";
    String HANDOVER = "io.flafka.kafka.consume.ParticipantHandover";
  }

  /** What stands in the log of an agent that has made the mistake. */
  public static final String MADE = "A planted mistake is made";

  private final String script;

  /**
   * Has a place in the code.
   *
   * @param around what else it takes
   */
  PlantedBug(KillRule mistake, KillRule... around) {
    StringBuilder all = new StringBuilder(mistake.said(MADE).text("said"));
    all.append(mistake.text("mistake"));
    for (int i = 0; i < around.length; i++) {
      all.append(around[i].text("around " + i));
    }
    this.script = all.toString();
  }

  /** What plants it, for Byteman. */
  public String script() {
    return script;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
