package io.flafka.hdfs.faults;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What goes wrong in one {@link FaultyFileSystem}. */
public final class Faults {
  private static final Map<String, Faults> ALL = new ConcurrentHashMap<>();

  public enum Call {
    CREATE,
    WRITE,
    FLUSH,
    CLOSE,
    RENAME,
    DELETE
  }

  public enum How {
    /** The call fails and does nothing. */
    BEFORE,
    /** The call does its work and reports a failure. */
    AFTER,
    /** The call does nothing, and says so by returning false, if it can; else it fails. */
    FALSE
  }

  @FunctionalInterface
  public interface Work<T> {
    T run() throws IOException;
  }

  private final Map<Call, AtomicInteger> counts = new ConcurrentHashMap<>();
  private Call call = Call.CREATE;
  private How how = How.BEFORE;
  private int from = Integer.MAX_VALUE;
  private int times;
  private String where = "";
  private volatile CountDownLatch gate = new CountDownLatch(0);

  public static Faults of(String authority) {
    return ALL.computeIfAbsent(authority, any -> new Faults());
  }

  /** From the nth call on (counted from 1, from now), so many fail, if their path holds a text. */
  public void fail(Call call, How how, int n, int times, String where) {
    this.call = call;
    this.how = how;
    this.times = times;
    this.where = where;
    counts.clear();
    this.from = n;
  }

  public void fail(Call call, int n, int times) {
    fail(call, How.BEFORE, n, times, "");
  }

  public void heal() {
    from = Integer.MAX_VALUE;
  }

  /** Until it is opened, flushes hang. */
  public CountDownLatch hang() {
    gate = new CountDownLatch(1);
    return gate;
  }

  public <T> T run(Call current, Object path, Work<T> work) throws IOException {
    if (current == Call.FLUSH) {
      await();
    }
    if (!strikes(current, path)) {
      return work.run();
    }
    if (how == How.AFTER) {
      work.run();
    }
    throw new IOException("injected into " + current + " of " + path);
  }

  public boolean ask(Call current, Object path, Work<Boolean> work) throws IOException {
    if (how == How.FALSE && current == call) {
      return !strikes(current, path) && work.run();
    }
    return run(current, path, work);
  }

  private boolean strikes(Call current, Object path) {
    int n = counts.computeIfAbsent(current, any -> new AtomicInteger()).incrementAndGet();
    return current == call && n >= from && n - from < times && path.toString().contains(where);
  }

  private void await() throws IOException {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
