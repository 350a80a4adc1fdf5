package io.flafka.hdfs.exactlyonce;

import io.flafka.hdfs.bucket.Bucket;
import io.flafka.hdfs.cargo.HdfsSinkCounter;
import io.flafka.hdfs.file.BucketFile;
import io.flafka.hdfs.file.FileNames;
import io.flafka.hdfs.file.FileOutput;
import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.file.Sync;
import io.flafka.hdfs.format.Format;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;

/**
 * Opens files where readers don't look. For one thread.
 *
 * <p>Whether a file can be moved to where it belongs is found out before anything is written to it:
 * once its events are committed, it has to.
 */
final class Staging {
  private static final int REMEMBERED = 10_000;

  private final HdfsClient hdfs;
  private final Run run;
  private final FileNames names;
  private final Format format;
  private final Sync sync;
  private final InstantSource clock;
  private final HdfsSinkCounter counter;
  private final Set<String> ready = new HashSet<>();

  Staging(
      HdfsClient hdfs,
      Run run,
      FileNames names,
      Format format,
      Sync sync,
      InstantSource clock,
      HdfsSinkCounter counter) {
    this.hdfs = hdfs;
    this.run = run;
    this.names = names;
    this.format = format;
    this.sync = sync;
    this.clock = clock;
    this.counter = counter;
  }

  /** Nothing is open, and something will be. */
  void begin() throws IOException {
    run.begin();
  }

  /**
   * Opens a file in a bucket.
   *
   * @throws IOException if that failed; what it may have left is in the run's directory
   */
  StagedFile open(Bucket bucket) throws IOException {
    try {
      makeReady(bucket.directory());
      Path published = hdfs.qualified(names.next(bucket).published());
      Path staged = hdfs.qualified(run.file(published.getName()));
      FSDataOutputStream stream = run.create(published.getName(), sync);
      StagedFile file = begin(bucket, staged, published, new FileOutput(stream, sync));
      counter.incrementConnectionCreatedCount();
      return file;
    } catch (IOException | RuntimeException e) {
      counter.incrementConnectionFailedCount();
      throw new IOException(
          "can't open a file for "
              + bucket.directory()
              + " ("
              + BucketFile.reason(e)
              + "): check hdfs.path, that the file system is up, and that the agent's user may"
              + " write there",
          e);
    }
  }

  private StagedFile begin(Bucket bucket, Path staged, Path published, FileOutput output)
      throws IOException {
    try {
      return new StagedFile(
          bucket, staged, published, output, format.of(bucket).begin(output), clock.millis());
    } catch (IOException | RuntimeException e) {
      try (output) {
        throw e;
      }
    }
  }

  private void makeReady(String directory) throws IOException {
    if (ready.contains(directory)) {
      return;
    }
    Path target = new Path(directory);
    hdfs.makeDirectories(target);
    hdfs.checkMovable(run.directory(), target);
    if (ready.size() >= REMEMBERED) {
      ready.clear();
    }
    ready.add(directory);
  }
}
