package io.flafka.hdfs.compression;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.io.compress.CodecPool;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionOutputStream;
import org.apache.hadoop.io.compress.Compressor;
import org.jspecify.annotations.Nullable;

/**
 * Members by one of Hadoop's codecs: each through a stream of its own, all through one compressor.
 */
final class HadoopMembers implements Members {
  private final CompressionCodec codec;
  private final OutputStream file;
  // Null where a codec's streams do without.
  private final @Nullable Compressor compressor;
  private @Nullable CompressionOutputStream member;

  HadoopMembers(CompressionCodec codec, OutputStream file) {
    this.codec = codec;
    this.file = file;
    this.compressor = CodecPool.getCompressor(codec);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    begun().write(bytes, offset, length);
  }

  @Override
  public void end() throws IOException {
    begun().finish();
    // Not its resetState: that of some codecs leaves out the header of the next member.
    member = null;
  }

  private CompressionOutputStream begun() throws IOException {
    CompressionOutputStream current = member;
    if (current == null) {
      if (compressor != null) {
        compressor.reset();
      }
      current = codec.createOutputStream(file, compressor);
      member = current;
    }
    return current;
  }

  @Override
  public void close() {
    CodecPool.returnCompressor(compressor);
  }
}
