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
    DELETE,
    MKDIRS,
    LIST,
    STATUS,
    OPEN,
    TOUCH
  }

  public enum How {
    /** The call fails and does nothing. */
    BEFORE,
    /** The call does its work and reports a failure. */
    AFTER,
    /** The call does nothing, and says so by returning false, if it can; else it fails. */
    FALSE,
    /** The call does nothing, and nobody learns of it. */
    SILENT
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
  private final AtomicInteger life = new AtomicInteger();
  private int calls;
  private int last = Integer.MAX_VALUE;
  private Runnable end = () -> {};

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

  /** The process is dead: what belongs to it does nothing any more. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    public Killed() {
      super("killed");
    }
  }

  /** Something happens between the nth call, counted from now, and what follows it. */
  public synchronized void afterCall(int n, Runnable what) {
    calls = 0;
    last = n;
    end = what;
  }

  /** How many calls there were since {@link #afterCall}. */
  public synchronized int calls() {
    return calls;
  }

  /** The process that lives now; whatever an earlier one does has no effect. */
  public int life() {
    return life.get();
  }

  /** Ends it. */
  public void kill() {
    life.incrementAndGet();
  }

  /** Throws if that process is dead. */
  public void live(int of) {
    if (of != life.get()) {
      throw new Killed();
    }
  }

  private void called() {
    Runnable now = () -> {};
    synchronized (this) {
      calls++;
      if (calls == last) {
        now = end;
      }
    }
    now.run();
  }

  /** The same, of a process. */
  public <T> T run(int of, Call current, Object path, Work<T> work) throws IOException {
    live(of);
    T result = run(current, path, work);
    called();
    live(of);
    return result;
  }

  @SuppressWarnings("NullAway") // Where nobody looks at the answer.
  public <T> T run(Call current, Object path, Work<T> work) throws IOException {
    if (current == Call.FLUSH) {
      await();
    }
    if (!strikes(current, path)) {
      return work.run();
    }
    if (how == How.SILENT) {
      return null;
    }
    if (how == How.AFTER) {
      work.run();
    }
    throw new IOException("injected into " + current + " of " + path);
  }

  /** The same, of a process. */
  public boolean ask(int of, Call current, Object path, Work<Boolean> work) throws IOException {
    live(of);
    boolean result = ask(current, path, work);
    called();
    live(of);
    return result;
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
