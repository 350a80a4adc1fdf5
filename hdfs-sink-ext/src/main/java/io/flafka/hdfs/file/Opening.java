package io.flafka.hdfs.file;

import io.flafka.hdfs.bucket.Bucket;
import io.flafka.hdfs.cargo.HdfsSinkCounter;
import io.flafka.hdfs.format.Format;
import java.io.IOException;
import java.time.InstantSource;
import org.apache.hadoop.fs.FSDataOutputStream;

/** Opens files. For one thread. */
public final class Opening {
  private final HdfsClient hdfs;
  private final Notes notes;
  private final FileNames names;
  private final Format format;
  private final Sync sync;
  private final InstantSource clock;
  private final HdfsSinkCounter counter;

  public Opening(
      HdfsClient hdfs,
      Notes notes,
      FileNames names,
      Format format,
      Sync sync,
      InstantSource clock,
      HdfsSinkCounter counter) {
    this.hdfs = hdfs;
    this.notes = notes;
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
  public BucketFile open(Bucket bucket) throws IOException {
    FileNames.Names next = hdfs.qualified(names.next(bucket));
    try {
      notes.opening(next);
      FSDataOutputStream stream = create(next);
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

  private FSDataOutputStream create(FileNames.Names next) throws IOException {
    try {
      return hdfs.create(next.inUse(), sync);
    } catch (IOException | RuntimeException e) {
      discard(next, e);
      throw e;
    }
  }

  private BucketFile begin(Bucket bucket, FileNames.Names next, FileOutput output)
      throws IOException {
    try {
      return new BucketFile(bucket, next, output, format.of(bucket).begin(output), clock.millis());
    } catch (IOException | RuntimeException e) {
      try (output) {
        discard(next, e);
        throw e;
      }
    }
  }

  /** The name is this sink's alone, and nothing that matters is in the file, if there is one. */
  private void discard(FileNames.Names next, Exception cause) {
    try {
      hdfs.delete(next.inUse());
      notes.done(next);
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }
}
