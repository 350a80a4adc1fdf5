package io.flafka.bench;

import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What a process has taken of the machine so far, as the system tells. */
record Footprint(JavaProcess process) {
  /** Its time on the cores, user and system, in nanoseconds; empty if it has died. */
  OptionalLong cpuNanos() {
    return ProcessHandle.of(process.pid())
        .flatMap(handle -> handle.info().totalCpuDuration())
        .stream()
        .mapToLong(duration -> duration.toNanos())
        .findFirst();
  }

  /**
   * The same of one that must be alive.
   *
   * @throws IllegalStateException if it has died, with the end of its log
   */
  long liveCpuNanos() {
    return cpuNanos()
        .orElseThrow(() -> new IllegalStateException("it died: " + process.lastLines(3)));
  }

  /** The most memory that it had; 0 where the system doesn't tell. */
  long peakBytes() {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read the memory of " + process, e);
    }
  }
}
