package io.flafka.hdfs.format.parquet;

import java.io.IOException;
import java.util.function.Supplier;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * One compressor, with its buffers, for each thread, and not for each file: there are thousands of
 * files, and a page is compressed and copied before the next.
 */
final class CompressorPerThread implements BytesInputCompressor {
  private final ThreadLocal<BytesInputCompressor> compressors;

  CompressorPerThread(Supplier<BytesInputCompressor> make) {
    this.compressors = ThreadLocal.withInitial(make);
  }

  /** What it returns is good until the same thread's next call. */
  @Override
  public BytesInput compress(BytesInput page) throws IOException {
    return compressors.get().compress(page);
  }

  @Override
  public CompressionCodecName getCodecName() {
    return compressors.get().getCodecName();
  }

  @Override
  public void release() {
    compressors.remove();
  }
}
