package io.flafka.kafka;

/** Bytes that are no event; the message says at which byte and why. */
final class MalformedEventException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedEventException(String message) {
    super(message);
  }
}
