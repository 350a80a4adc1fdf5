package io.flafka.bench;

import io.flafka.bench.load.Tally;
import io.flafka.bench.load.TallyFile;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A source let at a number of files that wait, again and again. For one thread.
 *
 * <p>While the files are put into the directory, its process is stopped, so that it finds all of
 * them at once; the time counts from when it goes on until the last of them is retired. Before, it
 * warms up for eight seconds, its start among them, a thousand files at a time. What doesn't end
 * within a minute is measured by what is done by then.
 */
final class Backlog implements Trial {
  /** How long it is watched at most. */
  static final Duration WINDOW = Duration.ofSeconds(60);

  private static final Duration WARM_UP = Duration.ofSeconds(8);
  private static final int WARM_UP_FILES = 1_000;

  /** How long it is measured at least. */
  private static final Duration ENOUGH = Duration.ofSeconds(6);

  private static final Duration GLANCE = Duration.ofMillis(1);

  private final JavaProcess process;
  private final Footprint footprint;
  private final SpoolFolder folder;
  private final Weblogs input;
  private final int waiting;
  private final TallyFile arrivals;

  /** What is in the files that were all retired. */
  private Tally expected = Tally.NONE;

  private int rounds;
  private boolean complete = true;

  /**
   * Begins when it is measured.
   *
   * @param folder what the process reads
   * @param waiting how many files are to wait at once
   */
  Backlog(JavaProcess process, SpoolFolder folder, Weblogs input, int waiting, TallyFile arrivals) {
    this.process = process;
    this.footprint = new Footprint(process);
    this.folder = folder;
    this.input = input;
    this.waiting = waiting;
    this.arrivals = arrivals;
  }

  /** What files took together. */
  private record Work(int files, long nanos, long cpuNanos) {
    static final Work NONE = new Work(0, 0, 0);

    Work plus(Work other) {
      return new Work(files + other.files, nanos + other.nanos, cpuNanos + other.cpuNanos);
    }

    Steady perFile() {
      return new Steady(files * 1e9 / nanos, cpuNanos / 1e3 / files);
    }
  }

  @Override
  public JavaProcess process() {
    return process;
  }

  @Override
  public Outcome.Measured measure() {
    try {
      work(Math.min(waiting, WARM_UP_FILES), WARM_UP);
      if (!complete) {
        throw new IllegalStateException(
            "it did not warm up: %,d files took it longer than %d s"
                .formatted(Math.min(waiting, WARM_UP_FILES), WINDOW.toSeconds()));
      }
      Work work = work(waiting, ENOUGH);
      return new Outcome.Measured(work.perFile(), footprint.peakBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets it at so many files at a time, until it was busy for so long. */
  private Work work(int files, Duration enough) throws IOException {
    Work work = Work.NONE;
    while (complete && work.nanos() < enough.toNanos()) {
      work = work.plus(letAt(files));
    }
    return work;
  }

  private Work letAt(int files) throws IOException {
    process.pause();
    folder.sweep();
    String name = "round-%04d".formatted(rounds++);
    Tally more = input.linkInto(folder.path(), name, files);
    folder.force();
    long cpu = footprint.liveCpuNanos();
    long start = System.nanoTime();
    process.resume();
    complete = isDoneWithin(WINDOW, Weblogs.name(name, files - 1));
    if (complete) {
      expected = expected.plus(more);
    }
    Work work =
        new Work(
            complete ? files : folder.done(),
            System.nanoTime() - start,
            footprint.liveCpuNanos() - cpu);
    if (work.files() == 0) {
      throw new IllegalStateException(
          "no file was done within %d s; its log ends: %s"
              .formatted(WINDOW.toSeconds(), process.lastLines(3)));
    }
    return work;
  }

  /** They are retired in the order of their names, and the last one is looked for. */
  private boolean isDoneWithin(Duration limit, String last) {
    long end = System.nanoTime() + limit.toNanos();
    while (!folder.isDone(last) || folder.waiting() > 0) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(GLANCE.toNanos());
    }
    return true;
  }

  @Override
  public void check() {
    process.terminate(Bench.STOP_LIMIT);
    Tally arrived = arrivals.read();
    boolean wrong =
        complete
            ? !arrived.equals(expected.withoutStamps())
            : arrived.lines() < expected.lines() + folder.done() * SmallFilesScenario.LINES;
    if (wrong) {
      throw new IllegalStateException(
          "it is not each line once: %s arrived of %s".formatted(arrived, expected));
    }
  }

  @Override
  public void close() {
    process.terminate(Bench.STOP_LIMIT);
    folder.delete();
  }
}
