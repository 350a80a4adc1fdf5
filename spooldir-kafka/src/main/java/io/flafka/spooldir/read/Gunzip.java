package io.flafka.spooldir.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Gzip, as in RFC 1952: members one after the other, whose checksums and lengths are checked. After
 * the last one only zeros may follow, with which tapes are padded.
 *
 * <p>The JDK's own stream takes anything after a member for the end, and so misses a truncated one.
 */
final class Gunzip implements Decompressor {
  private static final int MAGIC = 0x8b1f;
  private static final int DEFLATE = 8;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA_FIELD = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;
  private static final String TRUNCATED = "the file ends inside a gzip member";

  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private boolean inMember;
  private boolean hadMember;

  @Override
  public boolean isAtEnd(CompressedInput input) throws IOException, BrokenDataException {
    if (inMember) {
      return false;
    }
    if (!input.hasMore()) {
      if (!hadMember) {
        throw new BrokenDataException("it is empty, and not even an empty gzip file");
      }
      return true;
    }
    if (hadMember && peek(input) == 0) {
      requireZeros(input);
      return true;
    }
    readHeader(input);
    inMember = true;
    return false;
  }

  @Override
  public int decompress(CompressedInput input, byte[] to, int from, int length)
      throws IOException, BrokenDataException {
    boolean more = input.hasMore();
    inflater.setInput(input.buffer());
    long before = inflater.getBytesWritten();
    try {
      int read = inflater.inflate(to, from, length);
      checksum.update(to, from, read);
      if (inflater.finished()) {
        endMember(input, read);
      } else if (read == 0 && !more) {
        throw new BrokenDataException(TRUNCATED);
      }
      return read;
    } catch (DataFormatException e) {
      int good = (int) (inflater.getBytesWritten() - before);
      throw new BrokenDataException("the gzip data is corrupt (" + e.getMessage() + ")", good);
    }
  }

  private void endMember(CompressedInput input, int read) throws IOException, BrokenDataException {
    long expectedChecksum;
    long expectedLength;
    try {
      expectedChecksum = read32(input);
      expectedLength = read32(input);
    } catch (BrokenDataException truncated) {
      throw new BrokenDataException(truncated.what(), read);
    }
    // Where these are wrong, nobody knows what is: nothing more of it is handed out.
    if (checksum.getValue() != expectedChecksum) {
      throw new BrokenDataException("the gzip member's checksum is wrong");
    }
    if ((inflater.getBytesWritten() & 0xffff_ffffL) != expectedLength) {
      throw new BrokenDataException("the gzip member's length is wrong");
    }
    inflater.reset();
    checksum.reset();
    inMember = false;
    hadMember = true;
  }

  private void readHeader(CompressedInput input) throws IOException, BrokenDataException {
    checksum.reset();
    if (header16(input) != MAGIC) {
      throw new BrokenDataException(
          hadMember
              ? "garbage follows the gzip data"
              : "this is no gzip data (with decompress = none it is read as it is)");
    }
    if (header8(input) != DEFLATE) {
      throw new BrokenDataException("the gzip member's compression method is unknown");
    }
    int flags = header8(input);
    if ((flags & RESERVED) != 0) {
      throw new BrokenDataException("the gzip member's header has unknown flags");
    }
    skipHeader(input, 6);
    if ((flags & EXTRA_FIELD) != 0) {
      skipHeader(input, header16(input));
    }
    if ((flags & NAME) != 0) {
      skipHeaderText(input);
    }
    if ((flags & COMMENT) != 0) {
      skipHeaderText(input);
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      long expected = checksum.getValue() & 0xffff;
      if (header16(input) != expected) {
        throw new BrokenDataException("the checksum of the gzip member's header is wrong");
      }
    }
    checksum.reset();
  }

  private int header8(CompressedInput input) throws IOException, BrokenDataException {
    int value = read8(input);
    checksum.update(value);
    return value;
  }

  private int header16(CompressedInput input) throws IOException, BrokenDataException {
    return header8(input) | header8(input) << 8;
  }

  private void skipHeader(CompressedInput input, int count)
      throws IOException, BrokenDataException {
    for (int i = 0; i < count; i++) {
      header8(input);
    }
  }

  private void skipHeaderText(CompressedInput input) throws IOException, BrokenDataException {
    int value;
    do {
      value = header8(input);
    } while (value != 0);
  }

  private static long read32(CompressedInput input) throws IOException, BrokenDataException {
    long value = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      value |= (long) read8(input) << shift;
    }
    return value;
  }

  private static int read8(CompressedInput input) throws IOException, BrokenDataException {
    requireMore(input);
    return Byte.toUnsignedInt(input.buffer().get());
  }

  private static byte peek(CompressedInput input) {
    ByteBuffer buffer = input.buffer();
    return buffer.get(buffer.position());
  }

  private static void requireMore(CompressedInput input) throws IOException, BrokenDataException {
    if (!input.hasMore()) {
      throw new BrokenDataException(TRUNCATED);
    }
  }

  private static void requireZeros(CompressedInput input) throws IOException, BrokenDataException {
    while (input.hasMore()) {
      if (peek(input) != 0) {
        throw new BrokenDataException("garbage follows the gzip data");
      }
      input.buffer().get();
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
