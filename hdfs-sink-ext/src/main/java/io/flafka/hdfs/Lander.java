package io.flafka.hdfs;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.jspecify.annotations.Nullable;

/**
 * The one thread on which a sink takes, commits and speaks to HDFS.
 *
 * <p>Flume's own thread hands it a step and waits; an interrupt, which is how Flume stops a sink,
 * doesn't reach into the step. A caller waits for as long as there is progress, and then for {@code
 * hdfs.callTimeout}: a call to HDFS that hangs makes the caller return with an error, and the next
 * one wait for the same step; nothing is done twice.
 *
 * <p>{@link #step} is for one thread at a time, {@link #stop} for any.
 */
final class Lander {
  private final String name;
  private final long patience;
  private final LongSupplier progress;
  private final long enough;
  private final Runnable hurry;
  private final ScheduledExecutorService executor;
  private @Nullable Future<Status> pending;
  private volatile @Nullable Thread thread;

  /**
   * Makes a lander, whose thread starts with its first task.
   *
   * @param patience milliseconds without progress after which a caller stops waiting; 0 for never
   * @param progress a number that changes while there is progress
   * @param enough milliseconds after which, again and again, a caller that waits tells the step to
   *     hurry; sooner if that isn't half of its patience
   * @param hurry doesn't wait for anything
   */
  Lander(String name, long patience, LongSupplier progress, long enough, Runnable hurry) {
    this.name = name;
    this.patience = patience;
    this.progress = progress;
    // A step that isn't told in time that it is to end would look like one that hangs.
    long told = patience == 0 ? enough : Math.min(enough, Math.max(1, patience / 2));
    this.enough = TimeUnit.MILLISECONDS.toNanos(told);
    this.hurry = hurry;
    this.executor = Executors.newSingleThreadScheduledExecutor(this::thread);
  }

  private Thread thread(Runnable task) {
    Thread lander = new Thread(task, name + "-lander");
    // One that hangs in HDFS must not keep the JVM alive after a stop.
    lander.setDaemon(true);
    thread = lander;
    return lander;
  }

  /**
   * Runs a task again and again between steps, whether or not there are any.
   *
   * @param task doesn't throw
   */
  @SuppressWarnings("FutureReturnValueIgnored") // It only ends with the lander.
  void everySecond(Runnable task) {
    executor.scheduleWithFixedDelay(task, 1, 1, TimeUnit.SECONDS);
  }

  /**
   * Runs a step, or waits on for the last one if it hasn't ended.
   *
   * @throws EventDeliveryException what the step threw, or that it hangs
   */
  Status step(Callable<Status> step) throws EventDeliveryException {
    try {
      Future<Status> current = pending == null ? executor.submit(step) : pending;
      pending = current;
      Status status = await(current);
      pending = null;
      return status;
    } catch (ExecutionException e) {
      pending = null;
      if (e.getCause() instanceof EventDeliveryException failure) {
        throw failure;
      }
      throw new EventDeliveryException(name + ": a step failed: " + e.getCause(), e.getCause());
    } catch (RejectedExecutionException e) {
      throw new EventDeliveryException(name + " is stopped", e);
    } catch (TimeoutException e) {
      throw new EventDeliveryException(
          name
              + ": neither HDFS nor the channel has answered for "
              + patience
              + " ms (hdfs.callTimeout), in the call that the cause shows: waiting on, the events"
              + " stay in the channel",
          e);
    }
  }

  /**
   * Runs a last task after the step under way, and ends the thread. A second call does nothing.
   *
   * @return whether the task has ended; if not, HDFS hangs, and the thread has been interrupted and
   *     left to itself, to run the task if the call ever returns
   */
  boolean stop(Runnable last) {
    if (executor.isShutdown()) {
      return true;
    }
    Future<?> done = executor.submit(last);
    executor.shutdown();
    try {
      await(done);
      return true;
    } catch (TimeoutException e) {
      // If that ends the call, the step fails and the last task still lands what it can.
      Thread lander = thread;
      if (lander != null) {
        lander.interrupt();
      }
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(name + ": stopping failed: " + e.getCause(), e.getCause());
    }
  }

  private <T> T await(Future<T> future) throws ExecutionException, TimeoutException {
    boolean interrupted = false;
    try {
      long seen = progress.getAsLong();
      long deadline = deadline();
      while (true) {
        try {
          return future.get(Math.min(enough, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          hurry.run();
          if (System.nanoTime() - deadline < 0) {
            continue;
          }
          long now = progress.getAsLong();
          if (patience != 0 && now == seen) {
            throw whereItHangs(e);
          }
          seen = now;
          deadline = deadline();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private long deadline() {
    return System.nanoTime()
        + TimeUnit.MILLISECONDS.toNanos(patience == 0 ? TimeUnit.DAYS.toMillis(1) : patience);
  }

  private TimeoutException whereItHangs(TimeoutException e) {
    Thread lander = thread;
    if (lander != null) {
      e.setStackTrace(lander.getStackTrace());
    }
    return e;
  }
}
