package io.flafka.hdfs.format.parquet;

import io.flafka.hdfs.file.FileOutput;
import java.io.IOException;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A sink's file as Parquet takes it. Closing it does nothing: that is its owner's. */
final class PositionedOutput extends PositionOutputStream implements OutputFile {
  private final FileOutput output;

  PositionedOutput(FileOutput output) {
    this.output = output;
  }

  @Override
  public PositionOutputStream create(long blockSize) {
    return this;
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSize) {
    return this;
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  @Override
  public long getPos() {
    return output.position();
  }

  @Override
  public void write(int b) throws IOException {
    output.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    output.write(bytes, offset, length);
  }

  @Override
  public void close() {}
}
