package io.flafka.kafka.consume;

/** What to do where the next records of a partition are gone: retention deleted them untaken. */
public enum Gap {
  /** Takes nothing more, and says what is missing. */
  STOP,

  /** Says what is missing, and goes on after it. */
  CONTINUE;

  /** The key that decides. */
  public static final String KEY = "kafka.offset.gap";
}
