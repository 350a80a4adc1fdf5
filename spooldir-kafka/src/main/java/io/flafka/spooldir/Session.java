package io.flafka.spooldir;

import io.flafka.delivery.BatchLimits;
import io.flafka.spooldir.disk.SpoolUnavailableException;
import io.flafka.spooldir.find.Discovery;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.flume.channel.ChannelProcessor;
import org.jspecify.annotations.Nullable;

/**
 * The work on a spool from its opening to the first trouble that concerns all of it.
 *
 * <p>Files go through three stages: each lane has one thread that reads and one that puts, and the
 * thread that runs the session settles for all lanes. When one of them fails, all end.
 */
final class Session {
  /** How long positions are gathered that are stored at once, and files that are retired. */
  private static final Duration GATHERING = Duration.ofMillis(100);

  /** How often it is looked whether something that failed is to be tried again. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final String source;
  private final SpoolDirConfig config;
  private final ChannelProcessor channels;
  private final SpoolDirSourceStats stats;
  private final Discovery discovery;
  private final Settlement settlement;
  private final Claims claims;
  private final BatchLimits limits;
  private final LongSupplier nanos = System::nanoTime;
  private final StopSignal end = new StopSignal();

  /** Has a permit when there is something to settle, or the end has come. */
  private final Semaphore work = new Semaphore(1);

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final List<BatchQueue> queues = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /** A stage of a lane. */
  private interface Stage {
    void run() throws SpoolUnavailableException;
  }

  /**
   * Makes a session that is yet to run.
   *
   * @param source its name, for the names of threads
   * @param spool stays the caller's
   */
  Session(
      String source,
      SpoolDirConfig config,
      Spool spool,
      ChannelProcessor channels,
      ChannelPositions positions,
      SpoolDirSourceStats stats) {
    this.source = source;
    this.config = config;
    this.channels = channels;
    this.stats = stats;
    this.limits = config.limits(positions.channels());
    this.discovery =
        new Discovery(
            config.search(), config.retirement(), spool.begun(), InstantSource.system(), nanos);
    this.settlement =
        new Settlement(
            new Dismissal(config, spool, stats),
            spool.trackers(),
            discovery,
            positions,
            stats,
            config.maxBackoff(),
            nanos);
    this.claims = new Claims(discovery, spool.trackers(), positions, stats, config, nanos, end);
  }

  /** Ends the session soon; it may be asked for before it runs. For any thread. */
  void end() {
    end.raise();
    work.release();
  }

  /**
   * Works until the end is asked for.
   *
   * @param works is told, time and again, that it does
   * @throws SpoolUnavailableException if the spool can't be worked with
   */
  void run(Runnable works) throws SpoolUnavailableException {
    stats.watch(discovery);
    try {
      for (int lane = 1; lane <= config.readers(); lane++) {
        open(lane);
      }
      while (!end.isRaised()) {
        if (awaitWork()) {
          end.await(GATHERING);
        }
        work.drainPermits();
        settlement.settle();
        works.run();
      }
    } catch (SpoolUnavailableException | RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    } finally {
      close();
    }
    rethrow();
  }

  private boolean awaitWork() {
    try {
      return work.tryAcquire(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end.raise();
      return false;
    }
  }

  private void open(int lane) {
    BatchQueue queue = new BatchQueue();
    queues.add(queue);
    Reading reading = new Reading(claims, settlement, config, limits, stats, queue, end, nanos);
    Delivery delivery =
        new Delivery(
            channels,
            config.refused(),
            stats,
            new Backoff(config.maxBackoff()),
            end,
            new Trouble(source));
    start("read-" + lane, reading::run);
    start("put-" + lane, () -> put(queue, delivery));
  }

  private void put(BatchQueue queue, Delivery delivery) {
    for (Batch batch = queue.take(); batch != null; batch = queue.take()) {
      if (!delivery.deliver(batch)) {
        return;
      }
      settlement.add(batch.segments());
      work.release();
    }
  }

  private void start(String name, Stage stage) {
    Thread thread =
        new Thread(
            () -> {
              try {
                stage.run();
              } catch (SpoolUnavailableException | RuntimeException | Error e) {
                failure.compareAndSet(null, e);
                end();
              }
            },
            "spooldir-" + source + "-" + name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void close() {
    end.raise();
    discovery.close();
    queues.forEach(BatchQueue::close);
    threads.forEach(Session::join);
    try {
      settlement.settle();
    } catch (SpoolUnavailableException | RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
    stats.watch(null);
  }

  /** A thread that puts ends when its channel lets it; until then the spool stays locked. */
  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void rethrow() throws SpoolUnavailableException {
    Throwable cause = failure.get();
    if (cause instanceof SpoolUnavailableException unavailable) {
      throw unavailable;
    }
    if (cause instanceof RuntimeException unexpected) {
      throw unexpected;
    }
    if (cause instanceof Error error) {
      throw error;
    }
  }
}
