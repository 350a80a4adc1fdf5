package io.flafka.bench;

import io.flafka.bench.load.Tally;
import io.flafka.bench.load.TallyFile;
import io.flafka.testbed.Await;
import io.flafka.testbed.JavaProcess;
import java.time.Duration;

/**
 * The reading of a folder's files.
 *
 * @param retires whether the files get another name when they are done
 * @param expected what is in the files, as far as it is tallied
 */
record Spooling(
    JavaProcess process, SpoolFolder folder, boolean retires, TallyFile arrivals, Tally expected)
    implements SteadyTrial {
  private static final Duration RETIRE_LIMIT = Duration.ofSeconds(30);

  @Override
  public long events() {
    return expected.lines();
  }

  @Override
  public long arrived() {
    return arrivals.lines();
  }

  @Override
  public boolean isFinished() {
    return arrived() >= events();
  }

  @Override
  public void check() {
    if (retires) {
      Await.until("every file is retired", RETIRE_LIMIT, () -> folder.waiting() == 0);
    }
    process.terminate(Bench.STOP_LIMIT);
    expected.requireOnce(arrivals.read());
  }

  @Override
  public void close() {
    process.terminate(Bench.STOP_LIMIT);
    folder.delete();
  }
}
