package io.flafka.hdfs.compression;

import java.util.Arrays;
import java.util.zip.Deflater;

/** Deflates one block after another, of whatever files. For one thread at a time. */
final class BlockDeflater {
  private final Deflater deflater;
  // Stored as it is, with the little that this adds, a full block fits.
  private byte[] output = new byte[Block.SIZE + 1024];

  /**
   * Wraps a deflater.
   *
   * @param deflater for raw data (RFC 1951), in its initial state
   */
  BlockDeflater(Deflater deflater) {
    this.deflater = deflater;
  }

  /**
   * Deflates a block; the outputs of a member's blocks, one behind the other, are one stream.
   *
   * @param last whether the stream ends; if not, the output ends at a byte's end (a sync flush)
   */
  byte[] deflate(Block block, boolean last) {
    deflater.reset();
    if (block.dictionary() > 0) {
      deflater.setDictionary(block.buffer(), 0, block.dictionary());
    }
    deflater.setInput(block.buffer(), block.dictionary(), block.length());
    if (last) {
      deflater.finish();
    }
    int length = 0;
    do {
      if (length == output.length) {
        output = Arrays.copyOf(output, 2 * length);
      }
      length += deflater.deflate(output, length, output.length - length, Deflater.SYNC_FLUSH);
      // Room that is left tells that all is flushed; a first call may do no more than set a
      // strategy.
    } while (length == output.length || !(last ? deflater.finished() : deflater.needsInput()));
    return Arrays.copyOf(output, length);
  }

  /** Gives its memory outside of the heap back. */
  void end() {
    deflater.end();
  }
}
