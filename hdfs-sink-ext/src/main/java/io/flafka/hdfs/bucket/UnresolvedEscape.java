package io.flafka.hdfs.bucket;

/** An event lacks a header that the path of its file needs. The message says which one. */
public final class UnresolvedEscape extends Exception {
  private static final long serialVersionUID = 1L;

  public UnresolvedEscape(String message) {
    // It is thrown for an event, not for a fault in the program: where doesn't matter.
    super(message, null, false, false);
  }
}
