package io.flafka.spooldir.read;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a compressed file decompresses to. To go forward in it, all before is decompressed, too.
 *
 * <p>Where the data breaks off, what came before is returned first.
 */
final class DecompressedContent implements Content {
  private static final int SKIPPED_AT_ONCE = 1 << 16;
  private static final long USUAL_RATIO = 8;

  private final CompressedInput input;
  private final Decompressor decompressor;
  private final long size;
  private long position;
  private @Nullable MalformedFileException broken;

  /**
   * Starts at the beginning.
   *
   * @param input is the content's from now on, as is the decompressor
   * @param size of the file, bytes
   */
  DecompressedContent(CompressedInput input, Decompressor decompressor, long size) {
    this.input = input;
    this.decompressor = decompressor;
    this.size = size;
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    int read = 0;
    while (read == 0) {
      if (broken != null) {
        throw broken;
      }
      try {
        if (decompressor.isAtEnd(input)) {
          return -1;
        }
        read = decompressor.decompress(input, to, from, length);
      } catch (BrokenDataException e) {
        read = e.decompressed();
        broken = input.broken(e.what(), position + read);
      }
    }
    position += read;
    return read;
  }

  @Override
  public void skipTo(long offset) throws IOException {
    byte[] skipped = new byte[(int) Math.min(SKIPPED_AT_ONCE, offset - position)];
    while (position < offset) {
      if (read(skipped, 0, (int) Math.min(skipped.length, offset - position)) < 0) {
        throw input.broken(
            "the content ends before byte %d, to which it was read before".formatted(offset),
            position);
      }
    }
  }

  @Override
  public long consumed(long offset) {
    return input.used();
  }

  @Override
  public long sizeHint() {
    return USUAL_RATIO * size;
  }

  @Override
  public void close() throws IOException {
    try (input) {
      decompressor.close();
    }
  }
}
