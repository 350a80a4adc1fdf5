package io.flafka.bench;

import com.sun.management.OperatingSystemMXBean;
import io.flafka.testbed.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The machine that all this runs on: what it is, and whether it is at rest. */
final class Machine {
  private static final Duration GLANCE = Duration.ofMillis(500);
  private static final double AT_REST = 0.10;

  /** In which Linux counts the cores' time for programs, on every machine that Java runs on. */
  private static final Duration TICK = Duration.ofMillis(10);

  /** Where it says how many were user, nice, system, irq and softirq. */
  private static final int[] BUSY = {1, 2, 3, 6, 7};

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

  /**
   * How long its cores have worked since it was started, for whomever; 0 where the system doesn't
   * tell.
   *
   * @see <a href="https://man7.org/linux/man-pages/man5/proc_stat.5.html">proc_stat(5)</a>
   */
  static long busyNanos() {
    Path cores = Path.of("/proc/stat");
    if (!Files.exists(cores)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(cores)) {
      String[] ticks = lines.findFirst().orElseThrow().split(" +");
      long busy = 0;
      for (int kind : BUSY) {
        busy += Long.parseLong(ticks[kind]);
      }
      return busy * TICK.toNanos();
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read the time of the cores", e);
    }
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
