package io.flafka.bench;

import io.flafka.bench.load.Tally;
import io.flafka.testbed.Await;
import io.flafka.testbed.JavaProcess;
import java.time.Duration;

/**
 * The stop of an agent in the midst of its landing: what is measured is the time from the signal to
 * the end of its process.
 *
 * @param group what the subject reads the topic as
 * @param folder what it lands in
 * @param lines what is in the topic
 */
record Stopping(
    LandSubject subject,
    Topics topics,
    String group,
    JavaProcess process,
    LandedFolder folder,
    Tally lines)
    implements Trial {
  /** Files are opened and the code is warm when a quarter is done. */
  private static final int PART = 4;

  private static final Duration PART_LIMIT = Duration.ofMinutes(2);

  /** How long ours may take. */
  private static final Duration LIMIT = Duration.ofSeconds(3);

  @Override
  public Outcome.Measured measure() {
    Footprint footprint = new Footprint(process);
    Await.until("a quarter is landed", PART_LIMIT, () -> committed() * PART >= lines.lines());
    long peak = footprint.peakBytes();
    long start = System.nanoTime();
    boolean ended = process.terminate(Bench.STOP_LIMIT);
    long nanos = System.nanoTime() - start;
    if (!ended) {
      throw new IllegalStateException("it had to be killed after " + Bench.STOP_LIMIT);
    }
    if (subject.lander() != Lander.STOCK && nanos > LIMIT.toNanos()) {
      throw new IllegalStateException("it took %.1f s to stop".formatted(nanos / 1e9));
    }
    return new Outcome.Measured(new Steady(1e9 / nanos, 0), peak);
  }

  private long committed() {
    return topics.offsets().committed(group);
  }

  @Override
  public void check() {
    if (subject.lander() == Lander.STOCK) {
      return; // What it leaves in use can't be told from what it has lost.
    }
    long landed = folder.tally().lines();
    long committed = committed();
    if (landed != committed || folder.inUse() > 0) {
      throw new IllegalStateException(
          "%,d lines are landed, %,d committed, %d files in use"
              .formatted(landed, committed, folder.inUse()));
    }
  }

  @Override
  public void close() {
    process.terminate(Bench.STOP_LIMIT);
    folder.delete();
  }
}
