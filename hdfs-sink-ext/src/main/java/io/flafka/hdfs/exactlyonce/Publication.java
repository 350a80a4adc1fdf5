package io.flafka.hdfs.exactlyonce;

import io.flafka.hdfs.cargo.HdfsSinkCounter;
import io.flafka.hdfs.file.Crew;
import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.file.Publisher;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * Makes visible what a manifest names, once it is committed. Whoever does it, and however often and
 * at the same time as others: each file is renamed once.
 *
 * @param sink how the sink is called in messages
 */
record Publication(String sink, HdfsClient hdfs, Crew crew, HdfsSinkCounter counter) {
  /**
   * Renames the files, and moves the manifest to the history.
   *
   * @param pending where the manifest is
   * @throws Publisher.Unpublishable if a file is gone, or another one has its name
   * @throws IOException if that can't be done now
   */
  void of(Path pending, Manifest manifest) throws IOException {
    long start = System.nanoTime();
    History history = new History(hdfs, Premises.of(pending));
    List<IOException> failures = crew.apply(manifest.files(), this::publish);
    if (failures.isEmpty()) {
      history.add(pending);
    } else if (hdfs.exists(pending) || !history.has(manifest.id())) {
      Crew.throwFirst(failures);
    } // Else somebody else has published them, and what is missing was taken away since.
    counter.renamed(System.nanoTime() - start);
  }

  private void publish(Manifest.Landed file) throws IOException {
    Path staged = new Path(file.staged());
    Path published = new Path(file.published());
    Publisher publisher = new Publisher(hdfs);
    try {
      publisher.publish(staged, published);
    } catch (Publisher.Unpublishable e) {
      throw e;
    } catch (IOException e) {
      // Somebody may have cleared an empty directory away.
      hdfs.makeDirectories(published.getParent());
      publisher.publish(staged, published);
    }
  }

  /** Whether some of the files have been published already, which only a commit can lead to. */
  boolean hasBegun(Manifest manifest) throws IOException {
    for (Manifest.Landed file : manifest.files()) {
      if (!hdfs.exists(new Path(file.staged()))) {
        return true;
      }
    }
    return false;
  }
}
