package io.flafka.hdfs.format.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Compresses a page at once, without the stream of Parquet's own codec. For one thread. */
final class ZstdPages implements BytesInputCompressor {
  private final int level;
  private final Source source = new Source();
  private byte[] target = new byte[0];

  ZstdPages(int level) {
    this.level = level;
  }

  /** What it returns is good until the next call. */
  @Override
  public BytesInput compress(BytesInput page) throws IOException {
    source.reset();
    page.writeAllTo(source);
    int most = Math.toIntExact(Zstd.compressBound(source.size()));
    if (target.length < most) {
      target = new byte[most];
    }
    long length = Zstd.compressByteArray(target, 0, most, source.array(), 0, source.size(), level);
    if (Zstd.isError(length)) {
      throw new IOException("zstd can't compress a page: " + Zstd.getErrorName(length));
    }
    return BytesInput.from(target, 0, (int) length);
  }

  @Override
  public CompressionCodecName getCodecName() {
    return CompressionCodecName.ZSTD;
  }

  @Override
  public void release() {
    source.reset();
  }

  private static final class Source extends ByteArrayOutputStream {
    private synchronized byte[] array() {
      return buf;
    }
  }
}
