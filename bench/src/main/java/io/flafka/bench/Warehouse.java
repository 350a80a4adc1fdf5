package io.flafka.bench;

import io.flafka.testbed.Hdfs;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileSystem;

/** An HDFS of the bench's own, with a folder for every trial. For one thread. */
final class Warehouse implements AutoCloseable {
  private final Hdfs hdfs;
  private final FileSystem client;

  private Warehouse(Hdfs hdfs, FileSystem client) {
    this.hdfs = hdfs;
    this.client = client;
  }

  /** Starts its NameNode and its DataNode. */
  static Warehouse start(Path folder) throws IOException {
    Hdfs hdfs = Hdfs.start(folder, JavaProcess.Lifetime.LEASHED);
    return new Warehouse(hdfs, hdfs.fileSystem());
  }

  /** The trial's own folder. */
  LandedFolder folder(String id) {
    return new LandedFolder(client, new org.apache.hadoop.fs.Path(hdfs.uri() + "/bench/" + id));
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      hdfs.close();
    }
  }
}
