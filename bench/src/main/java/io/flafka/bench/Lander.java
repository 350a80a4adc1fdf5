package io.flafka.bench;

import io.flafka.testbed.Home;
import java.util.Optional;
import java.util.stream.Stream;

/** Who carries the lines of a topic to HDFS. */
enum Lander {
  STOCK(Contender.STOCK),
  AT_LEAST_ONCE(Contender.AT_LEAST_ONCE),
  EXACTLY_ONCE(Contender.EXACTLY_ONCE),
  /** A loop over Kafka's and Hadoop's clients, without Flume. */
  BARE(Contender.BARE),
  /**
   * Hadoop's own command, with the files that the topic was filled from, one after the other: no
   * Kafka, and nothing to start again from.
   */
  HDFS_PUT("hdfs-put", Contender.BARE),
  /** A job of Flink's, exactly once, in a cluster of one JVM. */
  FLINK("flink", Contender.BARE);

  private final String label;
  private final Contender contender;

  Lander(Contender contender) {
    this(contender.label(), contender);
  }

  Lander(String label, Contender contender) {
    this.label = label;
    this.contender = contender;
  }

  /** The one with that channel. */
  static Lander of(Contender contender) {
    return Stream.of(values())
        .filter(lander -> lander.contender == contender)
        .findFirst()
        .orElseThrow();
  }

  String label() {
    return label;
  }

  /** Whose channel it has. */
  Contender contender() {
    return contender;
  }

  /** Whether it is an agent. */
  boolean isAgent() {
    return contender != Contender.BARE;
  }

  /** Whether the offsets that it commits tell how far it is; of others, the finished files do. */
  boolean isSeenByOffsets() {
    return isAgent() || this == BARE;
  }

  /** What would install it; empty if it is there. */
  Optional<String> missing() {
    return this == FLINK && !Home.FLINK.isThere()
        ? Optional.of("mvn -Dquick -Pflink -pl testbed/homes/flink compile")
        : Optional.empty();
  }
}
