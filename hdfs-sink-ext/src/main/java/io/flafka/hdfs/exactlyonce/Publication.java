package io.flafka.hdfs.exactlyonce;

import io.flafka.hdfs.cargo.HdfsSinkCounter;
import io.flafka.hdfs.file.Crew;
import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.file.Publisher;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes visible what a manifest names, once it is committed. Whoever does it, and however often and
 * at the same time as others: each file is renamed once.
 *
 * @param sink how the sink is called in messages
 */
record Publication(String sink, HdfsClient hdfs, Crew crew, HdfsSinkCounter counter) {
  private static final Logger log = LoggerFactory.getLogger(Publication.class);

  /**
   * Renames the files, and moves the manifest to the history.
   *
   * <p>What is under neither of its names was published before, and somebody has taken it away
   * since: as long as a manifest is there, nothing that it names is deleted by us.
   *
   * @param pending where the manifest is
   * @throws Publisher.Unpublishable if another file has a name that is to be given
   * @throws IOException if that can't be done now
   */
  void of(Path pending, Manifest manifest) throws IOException {
    long start = System.nanoTime();
    Crew.throwFirst(crew.apply(manifest.files(), this::publish));
    new History(hdfs, Premises.of(pending)).add(pending);
    counter.renamed(System.nanoTime() - start);
  }

  private void publish(Manifest.Landed file) throws IOException {
    Path staged = new Path(file.staged());
    Path published = new Path(file.published());
    Publisher publisher = new Publisher(hdfs);
    try {
      publisher.publish(staged, published);
    } catch (Publisher.Gone e) {
      log.warn("{}: {} was published before, and isn't there any more", sink, published);
    } catch (Publisher.Unpublishable e) {
      throw e;
    } catch (IOException e) {
      // Somebody may have cleared an empty directory away.
      hdfs.makeDirectories(published.getParent());
      publisher.publish(staged, published);
    }
  }

  /** Whether a manifest of which that is known was committed, so that it is to be published. */
  boolean isDue(Manifest manifest, Witnesses.Verdict verdict) throws IOException {
    return switch (verdict) {
      case PASSED_OVER -> true;
      case ABORTED_UNLESS_PUBLISHED -> hasBegun(manifest);
      case ABORTED, UNKNOWN -> false;
    };
  }

  /** Whether some of the files have been published already, which only a commit can lead to. */
  private boolean hasBegun(Manifest manifest) throws IOException {
    for (Manifest.Landed file : manifest.files()) {
      if (!hdfs.exists(new Path(file.staged()))) {
        return true;
      }
    }
    return false;
  }
}
