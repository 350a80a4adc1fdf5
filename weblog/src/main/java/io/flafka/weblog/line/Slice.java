package io.flafka.weblog.line;

/**
 * Bytes in an array that may be somebody else's: they are only to be read. One object serves any
 * number of fields and lines, one after the other. For one thread.
 */
public final class Slice {
  private byte[] array = new byte[0];
  private int start;
  private int length;

  void of(byte[] array, int start, int length) {
    this.array = array;
    this.start = start;
    this.length = length;
  }

  /** Where the bytes are, among others. */
  public byte[] array() {
    return array;
  }

  /** Index of the first byte. */
  public int start() {
    return start;
  }

  /** Number of bytes. */
  public int length() {
    return length;
  }
}
