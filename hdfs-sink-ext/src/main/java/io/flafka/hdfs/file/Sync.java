package io.flafka.hdfs.file;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;

/** How a file's content is made durable before the channel gives the events up. */
public enum Sync {
  /** In the memory of every DataNode of the pipeline: it survives the death of any process. */
  HFLUSH {
    @Override
    public void apply(FSDataOutputStream file) throws IOException {
      file.hflush();
    }
  },
  /** On their disks: it survives a power failure, too. */
  HSYNC {
    @Override
    public void apply(FSDataOutputStream file) throws IOException {
      file.hsync();
    }
  };

  public abstract void apply(FSDataOutputStream file) throws IOException;
}
