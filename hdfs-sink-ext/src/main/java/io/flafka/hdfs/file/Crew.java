package io.flafka.hdfs.file;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for the moments when several files have to wait for HDFS: to flush or close them costs
 * one wait then, not one for each. The caller does its part, and waits until all is done. They end
 * by themselves when there is nothing to do.
 */
public final class Crew implements Closeable {
  /**
   * What is done to a file.
   *
   * @param <T> what stands for the file
   */
  @FunctionalInterface
  public interface Task<T> {
    void apply(T file) throws IOException;
  }

  private final ThreadPoolExecutor threads;

  /**
   * Makes a crew; its threads start when they are needed.
   *
   * @param name what the names of its threads begin with
   */
  public Crew(String name, int size) {
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            size,
            size,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, name + "-crew-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Does a task to each file, the last one on the calling thread, and returns what failed.
   *
   * @param files what is waited for longest last: where that hangs, the caller's stack tells
   */
  public <T> List<IOException> apply(Collection<T> files, Task<? super T> task) {
    List<FutureTask<Void>> all = new ArrayList<>(files.size());
    for (T file : files) {
      all.add(
          new FutureTask<>(
              () -> {
                task.apply(file);
                return null;
              }));
    }
    int own = all.size() - 1;
    for (int i = 0; i < own; i++) {
      threads.execute(all.get(i));
    }
    if (own >= 0) {
      all.get(own).run();
    }
    List<IOException> failures = new ArrayList<>();
    for (FutureTask<Void> one : all) {
      try {
        await(one);
      } catch (IOException e) {
        failures.add(e);
      }
    }
    return failures;
  }

  /** Throws the first of some failures, with the others in it; does nothing if there are none. */
  public static void throwFirst(List<IOException> failures) throws IOException {
    if (!failures.isEmpty()) {
      IOException first = failures.get(0);
      failures.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }

  /**
   * Waits to the end, interrupted or not: a file that another thread still works on must not be
   * taken for one that is closed.
   *
   * @throws IOException what failed, an error too
   */
  public static <T> T await(Future<T> one) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return one.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException("failed: " + e.getCause(), e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
