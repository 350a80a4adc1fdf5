package io.flafka.hdfs.atleastonce;

import io.flafka.hdfs.bucket.Bucket;
import io.flafka.hdfs.bucket.Buckets;
import io.flafka.hdfs.bucket.UnresolvedEscape;
import io.flafka.hdfs.cargo.Cargo;
import io.flafka.hdfs.cargo.Haste;
import io.flafka.hdfs.cargo.HdfsSinkCounter;
import io.flafka.hdfs.cargo.RollReason;
import io.flafka.hdfs.cargo.Unloading;
import io.flafka.hdfs.config.HdfsSinkConfig;
import io.flafka.hdfs.file.BucketFile;
import io.flafka.hdfs.file.Crew;
import io.flafka.hdfs.file.OpenFiles;
import io.flafka.hdfs.file.Opening;
import io.flafka.hdfs.file.RollPolicy;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.flume.Channel;
import org.apache.flume.Event;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Carries events from the channel into files, one channel transaction at a time, at least once.
 *
 * <p>The commit point is {@link Transaction#commit}. The order around it is what delivers every
 * event:
 *
 * <ol>
 *   <li>All events of the transaction are taken, and all their files opened, before one is written:
 *       an event without a path, or a path that can't be written, harms no file.
 *   <li>Events are written. A file that is full on the way, or has to make room, is closed at once,
 *       but not published.
 *   <li>Every file that was written to is flushed. If that fails for one of them, or the closing of
 *       a full one did, the transaction fails.
 *   <li>The transaction is committed.
 *   <li>Files that are full are published.
 * </ol>
 *
 * <p>So at the commit all events are durable, and nothing that happens to files later can take them
 * away: {@link Landing} deletes no file with committed events.
 *
 * <p>When something fails <i>before</i> the commit, the channel delivers the events again. The
 * files that were written to are left: one that holds nothing but events of this transaction is
 * deleted, so that an error that lasts makes neither files nor duplicates; one that also holds
 * older events is published as it is, once, with some events in it that will come again.
 *
 * <p>When the commit <i>itself</i> fails, nobody knows whether it was applied (an answer may be
 * lost). The events are in the files, so they stay: they count as committed, and if the channel
 * delivers them again, they are there twice.
 *
 * <p>For one thread.
 */
public final class Delivery {
  private final String sink;
  private final Channel channel;
  private final int batchSize;
  private final Buckets buckets;
  private final OpenFiles open;
  private final Opening opening;
  private final RollPolicy policy;
  private final Crew crew;
  private final Landing landing;
  private final InstantSource clock;
  private final HdfsSinkCounter counter;
  private final Haste haste;

  // What the transaction under way has taken, and the files it has written to.
  private final List<Event> events = new ArrayList<>();
  private final List<Bucket> destinations = new ArrayList<>();
  private final List<BucketFile> touched = new ArrayList<>();

  public Delivery(
      HdfsSinkConfig config,
      Cargo cargo,
      Buckets buckets,
      OpenFiles open,
      Opening opening,
      Crew crew,
      Landing landing) {
    this.sink = cargo.sink();
    this.channel = cargo.channel();
    this.clock = cargo.clock();
    this.counter = cargo.counter();
    this.haste = cargo.haste();
    this.batchSize = config.batchSize();
    this.policy = config.roll();
    this.buckets = buckets;
    this.open = open;
    this.opening = opening;
    this.crew = crew;
    this.landing = landing;
  }

  /**
   * Delivers up to a batch of events.
   *
   * @return how many it were; fewer than a batch if the channel had no more, or it is time to end
   * @throws EventDeliveryException if the events stay in the channel
   */
  public int deliver() throws EventDeliveryException {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    try {
      fill();
      write();
      secure();
    } catch (Throwable failure) {
      throw undone(transaction, failure);
    }
    int taken = events.size();
    commit(transaction);
    count(taken);
    publish();
    return taken;
  }

  private void fill() throws IOException, EventDeliveryException {
    events.clear();
    destinations.clear();
    touched.clear();
    while (events.size() < batchSize && !haste.isAsked()) {
      Event event = channel.take();
      if (event == null) {
        break;
      }
      events.add(event);
    }
    counter.addToEventDrainAttemptCount(events.size());
    for (Event event : events) {
      Bucket bucket = bucketOf(event);
      file(bucket);
      destinations.add(bucket);
    }
  }

  private Bucket bucketOf(Event event) throws EventDeliveryException {
    try {
      return buckets.of(event);
    } catch (UnresolvedEscape e) {
      throw new EventDeliveryException(e.getMessage(), e);
    }
  }

  private void write() throws IOException {
    long now = clock.millis();
    for (int i = 0; i < events.size(); i++) {
      BucketFile file = file(destinations.get(i));
      if (!file.hasUncommitted()) {
        touched.add(file);
      }
      file.append(events.get(i), now);
      RollReason reason = file.full(policy);
      if (reason != null) {
        counter.rolled(reason);
        open.remove(file);
        leave(file);
      }
    }
  }

  private BucketFile file(Bucket bucket) throws IOException {
    BucketFile file = open.find(bucket);
    if (file == null) {
      if (open.isAtLimit()) {
        counter.rolled(RollReason.OPEN_FILES);
        leave(open.removeEldest());
      }
      file = opening.open(bucket);
      open.add(file);
    }
    return file;
  }

  /** Closes a file that takes no more; it is published when all its events are committed. */
  private void leave(BucketFile file) throws IOException {
    if (file.hasUncommitted()) {
      file.close();
    } else {
      landing.land(List.of(file));
    }
  }

  private void secure() throws IOException {
    Crew.throwFirst(crew.apply(touched, BucketFile::flush));
  }

  private void commit(Transaction transaction) throws EventDeliveryException {
    try {
      transaction.commit();
    } catch (Throwable failure) {
      touched.forEach(BucketFile::commit);
      Unloading.rollBack(transaction, failure);
      publish();
      throw failure(
          "the channel failed to commit ("
              + BucketFile.reason(failure)
              + "); its "
              + events.size()
              + " events have landed, and may come again",
          failure);
    }
    touched.forEach(BucketFile::commit);
    transaction.close();
  }

  private void count(int taken) {
    counter.committed(taken);
    if (taken == 0) {
      counter.incrementBatchEmptyCount();
    } else if (taken < batchSize) {
      counter.incrementBatchUnderflowCount();
    } else {
      counter.incrementBatchCompleteCount();
    }
  }

  private void publish() {
    landing.land(touched.stream().filter(BucketFile::isEnded).toList());
  }

  /** Rolls back, and leaves the files that hold what the channel will deliver again. */
  private EventDeliveryException undone(Transaction transaction, Throwable failure) {
    Unloading.rollBack(transaction, failure);
    counter.incrementEventWriteOrChannelFail(failure);
    touched.forEach(open::remove);
    landing.land(touched);
    return failure(
        failure.getMessage() + "; " + events.size() + " events stay in the channel", failure);
  }

  private EventDeliveryException failure(@Nullable String what, Throwable cause) {
    return new EventDeliveryException(sink + ": " + what, cause);
  }
}
