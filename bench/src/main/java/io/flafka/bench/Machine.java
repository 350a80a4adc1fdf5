package io.flafka.bench;

import com.sun.management.OperatingSystemMXBean;
import io.flafka.testbed.Home;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine that all this runs on: what it is, and whether it is at rest. */
final class Machine {
  private static final Duration GLANCE = Duration.ofMillis(500);
  private static final double AT_REST = 0.10;

  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /**
   * Waits until next to nothing runs on it.
   *
   * @return whether that came within the limit
   */
  boolean comesToRest(Duration limit) {
    long start = System.nanoTime();
    system.getCpuLoad(); // The next answer is for the time since this one.
    while (System.nanoTime() - start < limit.toNanos()) {
      LockSupport.parkNanos(GLANCE.toNanos());
      double load = system.getCpuLoad();
      if (load < AT_REST) {
        return true;
      }
    }
    return false;
  }

  /** Its cores, memory and system, and the versions of what is measured. */
  String describe() throws IOException {
    return "%d cores%s, %d GiB, %s %s, JDK %s; Flume %s with kafka-clients %s, Flafka with %s, broker %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            model(),
            Math.round(system.getTotalMemorySize() / (double) (1 << 30)),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("java.version"),
            version(Home.FLUME, "flume-ng-core"),
            version(Home.FLUME, "kafka-clients"),
            version(Home.KAFKA, "kafka-clients"),
            version(Home.KAFKA, "kafka-server"));
  }

  private static String model() throws IOException {
    Path cpus = Path.of("/proc/cpuinfo");
    if (!Files.exists(cpus)) {
      return "";
    }
    return Files.readAllLines(cpus).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> " (" + line.substring(line.indexOf(':') + 1).strip() + ")")
        .findFirst()
        .orElse("");
  }

  private static String version(Home home, String artifact) {
    Pattern jar = Pattern.compile(Pattern.quote(artifact) + "-(\\d.*)\\.jar");
    return home.jars().stream()
        .map(path -> jar.matcher(path.getFileName().toString()))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .findFirst()
        .orElse("?");
  }
}
