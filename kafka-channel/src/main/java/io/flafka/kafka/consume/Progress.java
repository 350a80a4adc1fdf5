package io.flafka.kafka.consume;

import io.flafka.delivery.Span;

/** How far one partition was taken since the last commit, as offsets. For one thread. */
final class Progress {
  private long from;
  private long next;

  Progress(long first) {
    from = first;
    next = first;
  }

  /** Some of it is taken. */
  Progress(Span taken) {
    from = taken.from();
    next = taken.to();
  }

  /** Says where newly fetched records begin. Offsets have gaps, and can be reset to lower ones. */
  void fetched(long first) {
    if (!pending()) {
      from = first;
      next = first;
    }
  }

  void took(long offset) {
    next = offset + 1;
  }

  void committed() {
    from = next;
  }

  /** Whether anything was taken that is not committed. */
  boolean pending() {
    return next != from;
  }

  /** From the first offset not committed, where to go back to, to what to commit. */
  Span span() {
    return new Span(from, next);
  }
}
