package io.flafka.bench;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/** Lines as one sees them who looks for finished files in HDFS fifty times a second. */
final class LandedTap implements Tap {
  private static final Duration GLANCE = Duration.ofMillis(20);

  private final Flow flow;
  private final Set<Path> read = new HashSet<>();

  LandedTap(Flow flow) {
    this.flow = flow;
  }

  @Override
  public void take(Duration limit, Consumer<byte[]> lines) {
    long end = System.nanoTime() + limit.toNanos();
    while (!takeNew(lines)) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return;
      }
      LockSupport.parkNanos(Math.min(left, GLANCE.toNanos()));
    }
  }

  private boolean takeNew(Consumer<byte[]> lines) {
    boolean any = false;
    for (Path file : flow.landed().finished()) {
      if (read.add(file)) {
        flow.landed().read(file, lines);
        any = true;
      }
    }
    return any;
  }

  @Override
  public void close() {
    flow.close();
  }
}
