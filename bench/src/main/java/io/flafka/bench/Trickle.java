package io.flafka.bench;

import io.flafka.bench.TrickleSubject.Arrival;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A line now and then, dropped and taken at the other end by the same thread, so that one clock
 * tells how long it took.
 */
final class Trickle implements Trial {
  /** Nanoseconds between two lines. */
  static final long INTERVAL = TimeUnit.SECONDS.toNanos(1) / TrickleScenario.RATE;

  /** How long the first line may take, the agent's start among it, and the last ones. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int NUMBER = 6;
  private static final String LINE =
      "%06d 10.1.2.3 - - [15/Sep/2013:23:59:53 +0100] \"GET / HTTP/1.0\" 200 42%n";

  private final JavaProcess process;
  private final Tap tap;
  private final SpoolFolder folder;
  private final Arrival arrival;

  /** When each line was there, and how long it took from then, in nanoseconds; 0 for not yet. */
  private final long[] dropped;

  private final long[] taken;
  private int arrivals;
  private int doubled;

  /**
   * Begins when it is measured.
   *
   * @param tap where the lines come out
   */
  Trickle(JavaProcess process, Tap tap, SpoolFolder folder, Arrival arrival, int lines) {
    this.process = process;
    this.tap = tap;
    this.folder = folder;
    this.arrival = arrival;
    this.dropped = new long[lines];
    this.taken = new long[lines];
  }

  @Override
  public JavaProcess process() {
    return process;
  }

  @Override
  public Outcome.Measured measure() {
    Footprint footprint = new Footprint(process);
    int warm = dropped.length / 5;
    try {
      drop(0);
      awaitAll(1);
      drop(1, warm);
      long cpu = footprint.liveCpuNanos();
      drop(warm, dropped.length);
      long cpuNanos = footprint.liveCpuNanos() - cpu;
      awaitAll(dropped.length);
      int measured = dropped.length - warm;
      return new Outcome.Measured(
          new Steady(1e9 / percentile(99, warm), cpuNanos / 1e3 / measured),
          footprint.peakBytes(),
          percentile(50, warm) / 1e6);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long percentile(int percent, int from) {
    long[] sorted = Arrays.copyOfRange(taken, from, taken.length);
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  private void drop(int from, int to) throws IOException {
    long due = System.nanoTime();
    for (int line = from; line < to; line++) {
      drop(line);
      due += INTERVAL;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        tap.take(Duration.ofNanos(left), this::taken);
      }
    }
  }

  private void drop(int line) throws IOException {
    switch (arrival) {
      case APPENDED -> append(line);
      case AT_ONCE -> {
        write(line);
        moveIn(line);
      }
      case LATER -> {
        if (line == 0) {
          write(line);
        }
        moveIn(line);
      }
    }
    dropped[line] = System.nanoTime();
    if (arrival == Arrival.LATER) {
      write(line + 1);
    }
  }

  private void append(int line) throws IOException {
    Files.writeString(
        folder.path().resolve("trickle.log"),
        LINE.formatted(line),
        StandardCharsets.US_ASCII,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private void write(int line) throws IOException {
    Files.writeString(unfinished(), LINE.formatted(line), StandardCharsets.US_ASCII);
  }

  private void moveIn(int line) throws IOException {
    Files.move(
        unfinished(),
        folder.path().resolve("trickle-%06d.log".formatted(line)),
        StandardCopyOption.ATOMIC_MOVE);
  }

  private Path unfinished() {
    return folder.path().resolveSibling("unfinished");
  }

  private void taken(byte[] value) {
    long now = System.nanoTime();
    String text = new String(value, StandardCharsets.US_ASCII);
    int line = Integer.parseInt(text.substring(0, NUMBER));
    if (taken[line] == 0) {
      taken[line] = Math.max(1, now - dropped[line]);
      arrivals++;
    } else {
      doubled++;
    }
  }

  private void awaitAll(int lines) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (arrivals < lines) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new IllegalStateException(
            "%d of %d lines came; its log ends: %s"
                .formatted(arrivals, lines, process.lastLines(3)));
      }
      tap.take(Duration.ofMillis(100), this::taken);
    }
  }

  @Override
  public void check() {
    process.terminate(Bench.STOP_LIMIT);
    if (doubled > 0) {
      throw new IllegalStateException(doubled + " lines came twice");
    }
  }

  @Override
  public void close() {
    process.terminate(Bench.STOP_LIMIT);
    tap.close();
    folder.delete();
  }
}
