package io.flafka.hdfs.compression;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Zstandard without Hadoop's native library. Both write plain frames (RFC 8878) of no stated
 * length, so that a reader can't tell which of them it was.
 *
 * @param level of compression, as Hadoop's {@code io.compression.codec.zstd.level}
 */
public record ZstdCodec(int level) implements Codec {
  private static final byte[] NOTHING = {};

  @Override
  public String extension() {
    return ".zst";
  }

  @Override
  public Members open(OutputStream file) throws IOException {
    return new Frames(new ZstdOutputStreamNoFinalizer(file, level).setCloseFrameOnFlush(true));
  }

  private record Frames(ZstdOutputStreamNoFinalizer stream) implements Members {
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      stream.write(bytes, offset, length);
    }

    @Override
    public void end() throws IOException {
      stream.write(NOTHING, 0, 0); // Begins a frame.
      stream.flush();
    }

    @Override
    public void close() throws IOException {
      stream.closeWithoutClosingParentStream();
    }
  }
}
