package io.flafka.hdfs;

import java.io.IOException;
import java.time.InstantSource;
import org.apache.hadoop.fs.FSDataOutputStream;

/** Opens files. For one thread. */
final class Opening {
  private final Hdfs hdfs;
  private final FileNames names;
  private final Format format;
  private final Sync sync;
  private final InstantSource clock;
  private final HdfsSinkCounter counter;

  Opening(
      Hdfs hdfs,
      FileNames names,
      Format format,
      Sync sync,
      InstantSource clock,
      HdfsSinkCounter counter) {
    this.hdfs = hdfs;
    this.names = names;
    this.format = format;
    this.sync = sync;
    this.clock = clock;
    this.counter = counter;
  }

  /**
   * Opens a new file in a bucket.
   *
   * @throws IOException if that failed; then it left no file behind, if the file system allowed
   */
  BucketFile open(Bucket bucket) throws IOException {
    try {
      FileNames.Names next = names.next(bucket);
      FSDataOutputStream stream = hdfs.create(next.inUse());
      BucketFile file = begin(bucket, next, new FileOutput(stream, sync));
      counter.incrementConnectionCreatedCount();
      return file;
    } catch (IOException | RuntimeException e) {
      counter.incrementConnectionFailedCount();
      throw new IOException(
          "can't open a file in "
              + bucket.directory()
              + " ("
              + BucketFile.reason(e)
              + "): check hdfs.path, that the file system is up, and that the agent's user may"
              + " write there",
          e);
    }
  }

  private BucketFile begin(Bucket bucket, FileNames.Names next, FileOutput output)
      throws IOException {
    try {
      return new BucketFile(bucket, next, output, format.begin(output), clock.millis());
    } catch (IOException | RuntimeException e) {
      try (output) {
        hdfs.delete(next.inUse());
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }
}
