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
 * warms up for eight seconds, its start among them. What doesn't end within the limit is measured
 * by what is done by then.
 */
final class Backlog implements Trial {
  private static final Duration WARM_UP = Duration.ofSeconds(8);

  /** How long it is measured at least. */
  private static final Duration ENOUGH = Duration.ofSeconds(6);

  private static final Duration GLANCE = Duration.ofMillis(1);

  private final JavaProcess process;
  private final Footprint footprint;
  private final SpoolFolder folder;
  private final TallyFile arrivals;
  private final Lot warmUp;
  private final Lot lot;
  private final Layout.Unit unit;

  /** What is in the files that were all retired. */
  private Tally expected = Tally.NONE;

  /** The lines of files that were done when the limit came, at least. */
  private long doneLines;

  private int rounds;
  private boolean complete = true;

  /**
   * Begins when it is measured.
   *
   * @param folder what the process reads
   * @param warmUp what it warms up with
   * @param lot what it is measured with
   * @param unit whether files or lines are counted
   */
  Backlog(
      JavaProcess process,
      SpoolFolder folder,
      TallyFile arrivals,
      Lot warmUp,
      Lot lot,
      Layout.Unit unit) {
    this.process = process;
    this.footprint = new Footprint(process);
    this.folder = folder;
    this.arrivals = arrivals;
    this.warmUp = warmUp;
    this.lot = lot;
    this.unit = unit;
  }

  /**
   * Files that wait at once.
   *
   * @param input the files, all of as many lines; they come again and again, under other names
   * @param files how many wait
   * @param limit how long they are watched at most
   */
  record Lot(Weblogs input, int files, Duration limit) {
    private long linesOf(int some) {
      return input.lines() / input.paths().size() * some;
    }
  }

  /** What files or lines took together. */
  private record Work(long done, long nanos, long cpuNanos) {
    static final Work NONE = new Work(0, 0, 0);

    Work plus(Work other) {
      return new Work(done + other.done, nanos + other.nanos, cpuNanos + other.cpuNanos);
    }

    Steady each() {
      return new Steady(done * 1e9 / nanos, cpuNanos / 1e3 / done);
    }
  }

  @Override
  public JavaProcess process() {
    return process;
  }

  @Override
  public Outcome.Measured measure() {
    try {
      work(warmUp, WARM_UP);
      if (!complete) {
        throw new IllegalStateException(
            "it did not warm up: %,d files took it longer than %d s"
                .formatted(warmUp.files(), warmUp.limit().toSeconds()));
      }
      Work work = work(lot, ENOUGH);
      return new Outcome.Measured(work.each(), footprint.peakBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets it at a lot again and again, until it was busy for so long. */
  private Work work(Lot lot, Duration enough) throws IOException {
    Work work = Work.NONE;
    while (complete && work.nanos() < enough.toNanos()) {
      work = work.plus(letAt(lot));
    }
    return work;
  }

  private Work letAt(Lot lot) throws IOException {
    process.pause();
    folder.sweep();
    String name = "round-%04d".formatted(rounds++);
    Tally more = lot.input().linkInto(folder.path(), name, lot.files());
    folder.force();
    long before = arrivals.lines();
    long cpu = footprint.liveCpuNanos();
    long start = System.nanoTime();
    process.resume();
    complete = isDoneWithin(lot.limit(), Weblogs.name(name, lot.files() - 1));
    long nanos = System.nanoTime() - start;
    long cpuNanos = footprint.liveCpuNanos() - cpu;
    long lines = arrivals.lines() - before;
    int files = complete ? lot.files() : folder.done();
    if (complete) {
      expected = expected.plus(more);
    } else {
      doneLines = lot.linesOf(files);
    }
    long done = unit == Layout.Unit.FILE ? files : lines;
    if (done == 0) {
      throw new IllegalStateException(
          "nothing was done within %d s; its log ends: %s"
              .formatted(lot.limit().toSeconds(), process.lastLines(3)));
    }
    return new Work(done, nanos, cpuNanos);
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
    if (complete) {
      expected.withoutStamps().requireOnce(arrived);
    } else if (arrived.lines() < expected.lines() + doneLines) {
      throw new IllegalStateException(
          "%,d lines arrived, of %,d in the files that are done"
              .formatted(arrived.lines(), expected.lines() + doneLines));
    }
  }

  @Override
  public void close() {
    process.terminate(Bench.STOP_LIMIT);
    folder.delete();
  }
}
