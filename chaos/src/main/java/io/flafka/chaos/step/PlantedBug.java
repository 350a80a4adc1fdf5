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
      KillRule.note("lost", In.REBALANCES, "onPartitionsLost", "AT ENTRY"),
      KillRule.note("lost", In.REBALANCES, "onPartitionsRevoked", "AT ENTRY"),
      KillRule.act("return", In.READER, "discard", "AT ENTRY").after("lost"),
      KillRule.act("clear(\"lost\")", In.REBALANCES, "onPartitionsLost", "AT EXIT"),
      KillRule.act("clear(\"lost\")", In.REBALANCES, "onPartitionsRevoked", "AT EXIT"));

  private interface In {
    String READER = "io.flafka.kafka.consume.TopicReader";
    String REBALANCES = READER + "$Rebalances";
  }

  private final String script;

  PlantedBug(KillRule... rules) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < rules.length; i++) {
      all.append(rules[i].text(name() + " " + i));
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
