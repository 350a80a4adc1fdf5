package io.flafka.kafka.produce;

import io.flafka.kafka.client.Remedy;
import io.flafka.kafka.ledger.Ledger;
import io.flafka.kafka.ledger.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.flume.ChannelException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends batches in Kafka transactions, with the positions that they reach: both are there, or
 * neither.
 *
 * <p>Batches that came while another transaction was being committed go together into the next one.
 * If that fails, each is tried alone, so that one thread's bad record is its own trouble.
 *
 * <p>After any failure the producer is thrown away. The next use opens another one, which ends the
 * first one's transaction either way, and reads the ledger; so whatever happened, it is known then
 * what was committed.
 */
public final class ExactlyOnceSender implements RecordSender {
  private static final Logger log = LoggerFactory.getLogger(ExactlyOnceSender.class);

  /** Larger transactions are no faster. */
  private static final int ENOUGH_RECORDS = 50_000;

  private final Ownership ownership;
  private final Watch watch;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final List<Request> waiting = new ArrayList<>();
  private final Set<String> ended = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Epoch epoch;

  /** Opens nothing: a channel that nobody puts to must not fence another agent's. */
  public ExactlyOnceSender(Ownership ownership, Watch watch) {
    this.ownership = ownership;
    this.watch = watch;
  }

  @Override
  public void send(Batch batch) throws InterruptedException {
    Request mine = new Request(batch);
    synchronized (waiting) {
      waiting.add(mine);
    }
    enter(mine);
    try {
      while (!mine.settled()) {
        serve(next());
      }
    } finally {
      lock.unlock();
    }
    mine.answer();
  }

  @Override
  public boolean keepsPositions() {
    return true;
  }

  @Override
  public OptionalLong committed(String stream) {
    Epoch current = epoch;
    return current == null ? opened().committed(stream) : current.ledger().committed(stream);
  }

  @Override
  public void forget(String stream) {
    ended.add(stream);
  }

  @Override
  public int partitions(String topic) {
    opened();
    Epoch current = epoch;
    if (current == null) {
      throw new ChannelException("The partitions of topic " + topic + " can't be asked for now");
    }
    return Partitions.of(current.producer(), topic);
  }

  @Override
  public void close(Duration limit) {
    try {
      if (lock.tryLock(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          if (epoch != null && !ended.isEmpty()) {
            commit(List.of());
          }
        } finally {
          lock.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ChannelException e) {
      log.warn("The ends of {} streams are not in the ledger; that only costs space", ended, e);
    }
    drop(limit);
  }

  /** Waits for the lock; once another thread has the request in hand, for its outcome. */
  private void enter(Request mine) throws InterruptedException {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      synchronized (waiting) {
        if (waiting.remove(mine)) {
          throw e;
        }
      }
      lock.lock();
      Thread.currentThread().interrupt();
    }
  }

  /** The requests for one transaction, in the order in which they came. */
  private List<Request> next() {
    synchronized (waiting) {
      int records = 0;
      int count = 0;
      while (count < waiting.size() && (count == 0 || records < ENOUGH_RECORDS)) {
        records += waiting.get(count++).batch().records().size();
      }
      List<Request> first = waiting.subList(0, count);
      List<Request> next = List.copyOf(first);
      first.clear();
      return next;
    }
  }

  private void serve(List<Request> requests) throws InterruptedException {
    try {
      commit(requests);
      requests.forEach(request -> request.settle(null));
    } catch (ChannelException e) {
      if (requests.size() == 1) {
        requests.get(0).settle(e);
      } else {
        for (Request request : requests) {
          serve(List.of(request));
        }
      }
    } finally {
      for (Request request : requests) {
        if (!request.settled()) {
          request.settle(new ChannelException("The thread that sent these events was stopped"));
        }
      }
    }
  }

  private void commit(List<Request> requests) throws InterruptedException {
    long start = System.nanoTime();
    Epoch current = open();
    List<String> ending = List.copyOf(ended);
    Ledger.Change change = current.ledger().change();
    List<Batch> batches = requests.stream().map(Request::batch).toList();
    batches.forEach(batch -> advance(change, batch));
    ownership.end(change, ending);
    Owner owner = ownership.next();
    change.by(owner);
    boolean done = false;
    try {
      current.fill(batches, change.records());
      done = committed(current, owner);
    } catch (InterruptException e) {
      throw Interruption.of(e);
    } catch (KafkaException | IllegalStateException e) {
      throw failure(e);
    } finally {
      if (!done) {
        drop(Duration.ZERO);
      }
    }
    change.apply();
    ending.forEach(ended::remove);
    watch.committed(System.nanoTime() - start, current.ledger().size());
  }

  /** Two sources of one stream may both have found the same events new. */
  private static void advance(Ledger.Change change, Batch batch) {
    batch
        .positions()
        .forEach(
            (stream, reached) -> {
              if (!batch.isNew(stream, change.committed(stream))) {
                throw new ChannelException(
                    "Another source has put events of stream "
                        + stream
                        + " meanwhile, so some of these may be there already: nothing of them is"
                        + " put now; when they come again, the ledger tells which");
              }
              change.advance(stream, reached);
            });
  }

  /** Commits; if the answer is no answer, looks the outcome up. */
  private boolean committed(Epoch current, Owner owner) throws InterruptedException {
    try {
      current.commit();
      return true;
    } catch (KafkaException e) {
      drop(Duration.ZERO);
      Owner found = open().found();
      if (found != null
          && found.instance().equals(owner.instance())
          && found.transaction() >= owner.transaction()) {
        log.info("The commit that failed ({}) had been applied after all", e.toString());
        return true;
      }
      throw failure(e);
    }
  }

  private Ledger opened() {
    try {
      lock.lockInterruptibly();
      try {
        return open().ledger();
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChannelException("Interrupted while opening a ledger", e);
    }
  }

  private Epoch open() throws InterruptedException {
    Epoch current = epoch;
    if (current == null) {
      current = ownership.acquire();
      epoch = current;
      watch.opened(current.ledger().size());
    }
    return current;
  }

  private void drop(Duration limit) {
    Epoch current = epoch;
    epoch = null;
    if (current != null) {
      current.close(limit);
    }
  }

  private static ChannelException failure(Exception cause) {
    return new ChannelException(
        "Sending events in a Kafka transaction failed, and nothing of it is visible: "
            + Remedy.describe(cause),
        cause);
  }

  /** Is told what happens, on the thread that it happens on. */
  public interface Watch {
    /** A transaction is committed. */
    void committed(long nanos, int ledgerEntries);

    /** A producer was opened: the first one, or another one after a failure or a fence. */
    void opened(int ledgerEntries);
  }
}
