package io.flafka;

import java.util.Locale;

/** Whose component it is. */
enum Side {
  STOCK("org.apache.flume.%s.kafka.Kafka%s"),
  OURS("io.flafka.Kafka%2$s");

  private final String types;

  Side(String types) {
    this.types = types;
  }

  /** The components that there are of both. */
  enum Kind {
    SOURCE,
    CHANNEL,
    SINK;

    /** As in {@code agent1.sources}. */
    String plural() {
      return singular() + "s";
    }

    String singular() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The {@code type} of a component. */
  String type(Kind kind) {
    String name = kind.singular();
    return types.formatted(name, name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
  }

  /** The name of this side's one of a pair. */
  String of(String pair) {
    return pair + "-" + name().toLowerCase(Locale.ROOT);
  }
}
