package io.flafka.spooldir.read;

/** Compressed data is not what it must be. */
final class BrokenDataException extends Exception {
  private static final long serialVersionUID = 1;

  private final String what;
  private final int decompressed;

  /**
   * Says what is wrong.
   *
   * @param what is wrong, as a sentence without its end
   * @param decompressed bytes that were good and are where they were to be
   */
  BrokenDataException(String what, int decompressed) {
    super(what);
    this.what = what;
    this.decompressed = decompressed;
  }

  BrokenDataException(String what) {
    this(what, 0);
  }

  String what() {
    return what;
  }

  int decompressed() {
    return decompressed;
  }
}
