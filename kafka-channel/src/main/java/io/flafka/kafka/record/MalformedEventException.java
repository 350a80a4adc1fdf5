package io.flafka.kafka.record;

/** Bytes that are no event. */
final class MalformedEventException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String why;

  MalformedEventException(String why) {
    super(why);
    this.why = why;
  }

  /** At which byte, and why. */
  String why() {
    return why;
  }
}
