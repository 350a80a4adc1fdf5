package io.flafka.hdfs;

/** What becomes of an event without the header or timestamp that its path needs. */
enum Missing {
  /** It lands in the directory {@code unknown}. */
  DEFAULT,
  /** It stays in the channel, and everything behind it, until somebody acts. */
  STOP;

  static Missing named(String name) {
    return switch (name.toLowerCase(java.util.Locale.ROOT)) {
      case "default" -> DEFAULT;
      case "stop" -> STOP;
      case "deadletter" -> throw new IllegalArgumentException("deadletter is not in this version");
      default -> throw new IllegalArgumentException();
    };
  }
}
