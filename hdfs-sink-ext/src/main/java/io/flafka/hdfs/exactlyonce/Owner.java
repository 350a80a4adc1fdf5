package io.flafka.hdfs.exactlyonce;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a run is, and which streams it takes, as it writes it into its directory: a line of host,
 * process and when that began, in milliseconds since the epoch, and a line for each stream.
 *
 * <pre>
 * web1 4711 1764144521000
 * flume/weblogs-0@vYdc6U2YTHaQLFBXqOZrZQ
 * </pre>
 *
 * <p>The file's name ends in the first line, too, {@code web1-4711-1764144521000}: an owner that
 * was killed while it wrote the file has left its name at least.
 */
record Owner(String host, long process, long began, Set<String> streams) {
  /**
   * Linux tells when a process began by the clock's time of the boot, which moves with the clock.
   */
  private static final long CLOCK_MOVES = Duration.ofMinutes(2).toMillis();

  private static final Pattern MARK = Pattern.compile("(.+)-(\\d{1,18})-(\\d{1,18})");

  Owner {
    streams = Set.copyOf(streams);
  }

  /** This process, which takes nothing yet. */
  static Owner here() {
    ProcessHandle self = ProcessHandle.current();
    return new Owner(hostName(), self.pid(), began(self), Set.of());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static long began(ProcessHandle process) {
    return process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
  }

  Owner taking(Collection<String> more) {
    Set<String> all = new HashSet<>(streams);
    all.addAll(more);
    return new Owner(host, process, began, all);
  }

  byte[] text() {
    List<String> lines = new ArrayList<>();
    lines.add(host + " " + process + " " + began);
    lines.addAll(streams);
    return (String.join("\n", lines) + "\n").getBytes(UTF_8);
  }

  /** What the file's name ends in. */
  String mark() {
    return host + "-" + process + "-" + began;
  }

  /** Reads the end of a file's name, which tells of no streams; empty if it is none. */
  static Optional<Owner> marked(String mark) {
    Matcher matcher = MARK.matcher(mark);
    return matcher.matches()
        ? Optional.of(
            new Owner(
                matcher.group(1),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                Set.of()))
        : Optional.empty();
  }

  /** Reads it; empty if it is torn. */
  static Optional<Owner> parse(byte[] text) {
    List<String> lines = new String(text, UTF_8).lines().toList();
    String[] first = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", -1);
    if (first.length != 3 || text[text.length - 1] != '\n') {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Owner(
              first[0],
              Long.parseLong(first[1]),
              Long.parseLong(first[2]),
              Set.copyOf(lines.subList(1, lines.size()))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether it ran on this host and doesn't any more. */
  boolean isGone(Owner here) {
    return !host.equals("unknown")
        && host.equals(here.host)
        && ProcessHandle.of(process)
            .filter(ProcessHandle::isAlive)
            .filter(alive -> Math.abs(began(alive) - began) <= CLOCK_MOVES)
            .isEmpty();
  }
}
