package io.flafka.hdfs.compression;

import java.util.Arrays;

/**
 * A piece of a member's content, which is deflated on its own: with what stands before it as a
 * dictionary, so that it becomes about as small as in one piece with the rest. For one thread at a
 * time.
 *
 * <p>Content is copied into a buffer behind the dictionary. A member's first block has none, and
 * starts small: most of a thousand open files may never get far.
 */
final class Block {
  /** Bytes of content in a full block. */
  static final int SIZE = 1 << 17;

  /** How far back deflate looks, in bytes. */
  static final int DICTIONARY = 1 << 15;

  /** Bytes that a full block's buffer has. */
  static final int CAPACITY = DICTIONARY + SIZE;

  private static final int START = 1 << 14;

  private final int dictionary;
  private byte[] buffer;
  private int length;

  private Block(byte[] buffer, int dictionary) {
    this.buffer = buffer;
    this.dictionary = dictionary;
  }

  /** The first one of a member. */
  static Block first() {
    return new Block(new byte[START], 0);
  }

  /**
   * The one behind this, which is full.
   *
   * @param unused a buffer of {@link #CAPACITY}
   */
  Block next(byte[] unused) {
    System.arraycopy(buffer, dictionary + length - DICTIONARY, unused, 0, DICTIONARY);
    return new Block(unused, DICTIONARY);
  }

  /**
   * Adds content, as far as there is room.
   *
   * @return how many bytes were taken
   */
  int add(byte[] bytes, int offset, int count) {
    int taken = Math.min(count, SIZE - length);
    int needed = dictionary + length + taken;
    if (needed > buffer.length) {
      buffer = Arrays.copyOf(buffer, needed > CAPACITY / 4 ? CAPACITY : 2 * needed);
    }
    System.arraycopy(bytes, offset, buffer, dictionary + length, taken);
    length += taken;
    return taken;
  }

  boolean isFull() {
    return length == SIZE;
  }

  /** Bytes of content. */
  int length() {
    return length;
  }

  /** Bytes of the dictionary, which stands at the buffer's beginning, before the content. */
  int dictionary() {
    return dictionary;
  }

  byte[] buffer() {
    return buffer;
  }
}
