package io.flafka.hdfs.format;

import java.io.OutputStream;
import org.apache.hadoop.fs.FSOutputSummer;
import org.apache.hadoop.util.DataChecksum;

/** What takes a file's bytes, and keeps none. */
public enum Discard {
  /** At once. */
  PLAIN {
    @Override
    OutputStream open() {
      return OutputStream.nullOutputStream();
    }
  },

  /** When they are summed, by the class that HDFS's own stream has beneath it, and its lock. */
  SUMMED {
    @Override
    OutputStream open() {
      return new Summer();
    }
  };

  abstract OutputStream open();

  private static final class Summer extends FSOutputSummer {
    private static final int BYTES_PER_SUM = 512;

    Summer() {
      super(DataChecksum.newDataChecksum(DataChecksum.Type.CRC32C, BYTES_PER_SUM));
    }

    @Override
    protected void writeChunk(
        byte[] bytes, int offset, int length, byte[] sums, int sumsOffset, int sumsLength) {}

    @Override
    protected void checkClosed() {}
  }
}
