package io.flafka.hdfs.file;

import java.io.IOException;
import java.util.EnumSet;
import org.apache.hadoop.fs.CreateFlag;
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

    /** HDFS's hsync reaches a file's last block alone: those before it are synced when full. */
    @Override
    EnumSet<CreateFlag> creation() {
      return EnumSet.of(CreateFlag.CREATE, CreateFlag.SYNC_BLOCK);
    }
  };

  /** Makes what was written durable: of several blocks all, if the file was created with this. */
  public abstract void apply(FSDataOutputStream file) throws IOException;

  /** How such a file is created. */
  EnumSet<CreateFlag> creation() {
    return EnumSet.of(CreateFlag.CREATE);
  }
}
