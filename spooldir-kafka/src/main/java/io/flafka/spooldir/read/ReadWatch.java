package io.flafka.spooldir.read;

/** Is told of what is odd in a file and still read. Called on the reading threads. */
public interface ReadWatch {
  /** A line was longer than the limit. */
  void overlong();

  /**
   * A line, or a part of a long one, was no text in its charset; it was made good as configured.
   */
  default void malformed() {}
}
