package io.flafka.hdfs.bucket;

/** What becomes of an event without the header or timestamp that its path needs. */
public enum Missing {
  /** It lands in the directory {@code unknown}. */
  DEFAULT,
  /** It is kept whole, headers and all, in the directory {@code _deadletters}. */
  DEADLETTER,
  /** It stays in the channel, and everything behind it, until somebody acts. */
  STOP;

  public static Missing named(String name) {
    return switch (name.toLowerCase(java.util.Locale.ROOT)) {
      case "default" -> DEFAULT;
      case "stop" -> STOP;
      case "deadletter" -> DEADLETTER;
      default -> throw new IllegalArgumentException();
    };
  }
}
