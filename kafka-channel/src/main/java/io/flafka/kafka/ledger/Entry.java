package io.flafka.kafka.ledger;

/** What a ledger says of a stream. */
public sealed interface Entry {
  /** Just past the last event committed. */
  long offset();

  /** More may come. */
  record Open(long offset) implements Entry {}

  /**
   * The stream has ended. It is kept for days, so that a paused agent that wakes up finds it.
   *
   * @param time when, in milliseconds since 1970
   */
  record Done(long offset, long time) implements Entry {}
}
