package io.flafka.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MachineTest {
  @Test
  void tellsHowLongItsCoresHaveWorked() {
    assumeThat(Files.exists(Path.of("/proc/stat"))).isTrue();
    long start = System.nanoTime();
    long before = Machine.busyNanos();

    long worked = work(Duration.ofMillis(200).toNanos());

    long busy = Machine.busyNanos() - before;
    long most = (System.nanoTime() - start) * Runtime.getRuntime().availableProcessors();
    long coarse = Duration.ofMillis(50).toNanos();
    assertThat(busy).isBetween(worked - coarse, most + coarse);
  }

  private static long work(long nanos) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    long worked = 0;
    while (worked < nanos) {
      worked = threads.getCurrentThreadCpuTime() - start;
    }
    return worked;
  }
}
