package io.flafka.kafka.record;

import org.jspecify.annotations.Nullable;

/** A value that is no event. */
public final class Malformed implements Payload {
  private final byte @Nullable [] value;
  private final String why;

  Malformed(byte @Nullable [] value, String why) {
    this.value = value;
    this.why = why;
  }

  /** As it was in the record. */
  public byte @Nullable [] value() {
    return value;
  }

  /** For a message, after "the record is no Flume event: ". */
  public String why() {
    return why;
  }
}
