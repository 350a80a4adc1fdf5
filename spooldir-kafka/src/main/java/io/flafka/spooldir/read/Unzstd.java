package io.flafka.spooldir.read;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Zstandard, as in RFC 8878: frames one after the other, whose checksums are checked where there
 * are any.
 *
 * <p>Up to 16 KiB of content that stand before a break are not returned.
 */
final class Unzstd implements Decompressor {
  // Smaller than a block, which is what a break makes the library forget.
  private static final int BUFFER = 1 << 14;

  private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
  private final ByteBuffer content = ByteBuffer.allocateDirect(BUFFER).flip();
  private boolean inFrame;
  private boolean hadFrame;

  @Override
  public boolean isAtEnd(CompressedInput input) throws IOException, BrokenDataException {
    if (inFrame || content.hasRemaining() || input.hasMore()) {
      return false;
    }
    if (!hadFrame) {
      throw new BrokenDataException("it is empty, and not even an empty Zstandard file");
    }
    return true;
  }

  @Override
  public int decompress(CompressedInput input, byte[] to, int from, int length)
      throws IOException, BrokenDataException {
    if (!content.hasRemaining()) {
      fill(input);
    }
    int read = Math.min(length, content.remaining());
    content.get(to, from, read);
    return read;
  }

  private void fill(CompressedInput input) throws IOException, BrokenDataException {
    boolean more = input.hasMore();
    content.clear();
    try {
      // Without more input, too: the library may hold content that didn't fit.
      inFrame = !zstd.decompressDirectByteBufferStream(content, input.buffer());
    } catch (ZstdException e) {
      content.position(0);
      throw new BrokenDataException(
          "the Zstandard data can't be decompressed (" + e.getMessage() + ")");
    } finally {
      content.flip();
    }
    hadFrame = true;
    if (inFrame && !more && !content.hasRemaining()) {
      throw new BrokenDataException("the file ends inside a Zstandard frame");
    }
  }

  @Override
  public void close() {
    zstd.close();
  }
}
