package io.flafka.hdfs;

/** An event lacks a header that the path of its file needs. The message says which one. */
final class UnresolvedEscape extends Exception {
  private static final long serialVersionUID = 1L;

  UnresolvedEscape(String message) {
    // It is thrown for an event, not for a fault in the program: where doesn't matter.
    super(message, null, false, false);
  }
}
