package io.flafka.hdfs.atleastonce;

import io.flafka.hdfs.cargo.HdfsSinkCounter;
import io.flafka.hdfs.file.BucketFile;
import io.flafka.hdfs.file.Crew;
import io.flafka.hdfs.file.HdfsClient;
import io.flafka.hdfs.file.Notes;
import io.flafka.hdfs.file.Publisher;
import io.flafka.hdfs.file.Retries;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flume.EventDeliveryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings files that take no more events ashore: closes them and gives them their final names.
 *
 * <p>A file whose content the channel has given up is never deleted, and never published before it
 * is closed. If either fails, it is <i>stranded</i>: it keeps its in-use name, and is tried again
 * every {@code hdfs.retryInterval}, on its own, while other files go on. A file whose writing
 * failed is closed by the NameNode (lease recovery), which keeps all that was made durable; only
 * the NameNode's word counts then. A file with nothing in it that the channel has given up is
 * deleted.
 *
 * <p>Nothing here throws but {@link #report}: whatever fails concerns events that no transaction
 * can take back. For one thread.
 */
public final class Landing {
  private static final Logger log = LoggerFactory.getLogger(Landing.class);

  /** Nanoseconds: recovering a lease takes the NameNode two or three heartbeats of DataNodes. */
  private static final long RECOVERY = TimeUnit.SECONDS.toNanos(15);

  private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(250);

  private final String sink;
  private final HdfsClient hdfs;
  private final Publisher publisher;
  private final Crew crew;
  private final Notes notes;
  private final Retries retries;
  private final InstantSource clock;
  private final HdfsSinkCounter counter;
  private final List<Stranded<BucketFile>> stranded = new ArrayList<>();
  private final List<IOException> failures = new ArrayList<>();

  public Landing(
      String sink,
      HdfsClient hdfs,
      Crew crew,
      Notes notes,
      Retries retries,
      InstantSource clock,
      HdfsSinkCounter counter) {
    this.sink = sink;
    this.hdfs = hdfs;
    this.publisher = new Publisher(hdfs);
    this.crew = crew;
    this.notes = notes;
    this.retries = retries;
    this.clock = clock;
    this.counter = counter;
  }

  /**
   * Lands files. What they hold beyond what the channel has given up is published with the rest: it
   * will be there twice, and that is what at least once means.
   */
  public void land(Collection<BucketFile> files) {
    if (files.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    failures.addAll(crew.apply(files, BucketFile::close));
    long broken = files.stream().filter(BucketFile::isBroken).count();
    counter.closed(files.size() - broken, broken, System.nanoTime() - start);
    for (BucketFile file : files) {
      Stranded<BucketFile> fresh = new Stranded<>(file);
      long now = clock.millis();
      if (!attempt(fresh, now, fresh.takeTry(now, retries.interval()))) {
        stranded.add(fresh);
      }
    }
  }

  /** Tries again to land what is stranded, as far as it is time. */
  public void retry() {
    long now = clock.millis();
    stranded.removeIf(one -> attempt(one, now, one.takeTry(now, retries.interval())));
  }

  /** Tries again to land all that is stranded. */
  public void retryAll() {
    long now = clock.millis();
    stranded.removeIf(one -> attempt(one, now, true));
  }

  /** Waits some seconds for files that the NameNode is about to close, and lands them. */
  public void awaitRecoveries() {
    long end = System.nanoTime() + RECOVERY;
    while (stranded.stream().anyMatch(Stranded::isRecovering)
        && System.nanoTime() < end
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(LOOK);
      stranded.removeIf(one -> one.isRecovering() && attempt(one, false));
    }
  }

  /** What has failed since the last call. */
  public List<IOException> takeFailures() {
    List<IOException> taken = List.copyOf(failures);
    failures.clear();
    return taken;
  }

  /** Throws what has failed since the last call, if anything. */
  public void report() throws EventDeliveryException {
    List<IOException> taken = takeFailures();
    if (taken.isEmpty()) {
      return;
    }
    IOException first = taken.get(0);
    EventDeliveryException failure =
        new EventDeliveryException(
            String.format(
                "%s: %s%s; what the channel has given up is safe under the in-use name; %d such"
                    + " files are tried again (hdfs.retryInterval, hdfs.closeTries)",
                sink,
                first.getMessage(),
                taken.size() > 1 ? ", and " + (taken.size() - 1) + " more" : "",
                stranded.size()),
            first);
    taken.stream().skip(1).forEach(failure::addSuppressed);
    throw failure;
  }

  /** The files that have not landed. */
  public List<BucketFile> stranded() {
    return stranded.stream().map(Stranded::file).toList();
  }

  /** Makes a regular try, or takes a look if one is due; returns whether the file is done with. */
  private boolean attempt(Stranded<BucketFile> one, long now, boolean regular) {
    return (regular || (one.isRecovering() && one.takeLook(now))) && attempt(one, regular);
  }

  private boolean attempt(Stranded<BucketFile> one, boolean regular) {
    one.recovering(false);
    try {
      boolean done = bringAshore(one.file(), regular);
      one.recovering(!done);
      return done;
    } catch (Publisher.Unpublishable e) {
      failures.add(e);
      return true;
    } catch (IOException | RuntimeException e) {
      return failed(one, e);
    }
  }

  private boolean failed(Stranded<BucketFile> one, Exception e) {
    boolean givenUp = !retries.allow(one.tries());
    failures.add(
        new IOException(
            e.getMessage()
                + (givenUp
                    ? "; given up after "
                        + one.tries()
                        + " tries (hdfs.closeTries): close it with 'hdfs debug recoverLease' and"
                        + " rename it by hand"
                    : ""),
            e));
    return givenUp;
  }

  private boolean bringAshore(BucketFile file, boolean regular) throws IOException {
    if (!file.hasCommitted()) {
      hdfs.delete(file.inUse());
      notes.done(file.names());
      return true;
    }
    if (file.isBroken() && !isClosed(file, regular)) {
      return false;
    }
    long start = System.nanoTime();
    Publisher.Outcome outcome = publisher.publish(file.inUse(), file.published());
    counter.renamed(System.nanoTime() - start);
    notes.done(file.names());
    log.info(
        "{}: landed {}, {} events, {} bytes{}",
        sink,
        file.published(),
        file.events(),
        file.bytes(),
        outcome == Publisher.Outcome.DONE_BEFORE ? ", renamed by an earlier try" : "");
    return true;
  }

  private boolean isClosed(BucketFile file, boolean regular) throws IOException {
    // After a rename whose answer was lost there is nothing to recover.
    if (!hdfs.exists(file.inUse())) {
      return true;
    }
    return regular ? hdfs.recoverLease(file.inUse()) : hdfs.isClosed(file.inUse());
  }
}
