package io.flafka.hdfs;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.AbstractChannel;

/** A channel that shows what it gave up, and whose commits fail on demand. */
final class ListChannel extends AbstractChannel {
  private final Deque<Event> waiting = new ArrayDeque<>();
  private final List<Event> taken = new ArrayList<>();

  /** Called with what is about to be given up. */
  Consumer<List<Event>> beforeCommit = any -> {};

  /** How many commits fail from now on. */
  int failingCommits;

  /** Whether a failing commit is applied all the same. */
  boolean appliesFailingCommits;

  int rollbacks;

  /** How long it waits for each event. */
  volatile Duration wait = Duration.ZERO;

  @Override
  public synchronized void put(Event event) {
    waiting.add(event);
  }

  @Override
  public Event take() {
    LockSupport.parkNanos(wait.toNanos());
    return next();
  }

  private synchronized Event next() {
    Event event = waiting.poll();
    if (event != null) {
      taken.add(event);
    }
    return event;
  }

  synchronized boolean isEmpty() {
    return waiting.isEmpty() && taken.isEmpty();
  }

  @Override
  public Transaction getTransaction() {
    return new Transaction() {
      @Override
      public void begin() {}

      @Override
      public void commit() {
        synchronized (ListChannel.this) {
          beforeCommit.accept(taken);
          if (failingCommits > 0) {
            failingCommits--;
            if (appliesFailingCommits) {
              taken.clear();
            }
            throw new ChannelException("injected into commit");
          }
          taken.clear();
        }
      }

      @Override
      public void rollback() {
        synchronized (ListChannel.this) {
          rollbacks++;
          for (int i = taken.size() - 1; i >= 0; i--) {
            waiting.addFirst(taken.get(i));
          }
          taken.clear();
        }
      }

      @Override
      public void close() {}
    };
  }
}
