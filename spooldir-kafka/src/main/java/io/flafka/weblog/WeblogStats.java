package io.flafka.weblog;

import io.flafka.weblog.line.Misfit;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The counters of an interceptor. For any number of threads. */
final class WeblogStats implements WeblogStatsMBean {
  private static final Logger log = LoggerFactory.getLogger(WeblogStats.class);

  /** Flume's monitors look for the type, as they do for its own components. */
  private static final String NAME = "org.apache.flume.interceptor:type=weblog-";

  private final String format;
  private final LongAdder parsed = new LongAdder();
  private final Map<Misfit, LongAdder> unparsed = new EnumMap<>(Misfit.class);
  private @Nullable ObjectName name;

  WeblogStats(String format) {
    this.format = format;
    for (Misfit misfit : Misfit.values()) {
      unparsed.put(misfit, new LongAdder());
    }
  }

  /**
   * Shows the counters in JMX. Flume tells an interceptor no name, so it is the first number that
   * no other has.
   */
  synchronized void register() {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    for (int number = 1; name == null; number++) {
      try {
        ObjectName free = new ObjectName(NAME + number);
        server.registerMBean(this, free);
        name = free;
      } catch (InstanceAlreadyExistsException e) {
        // The next one, then.
      } catch (JMException e) {
        log.warn("The web-log interceptor's counters can't be seen in JMX", e);
        return;
      }
    }
  }

  synchronized void unregister() {
    if (name != null) {
      try {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
      } catch (JMException e) {
        log.warn("The web-log interceptor's counters stay in JMX as {}", name, e);
      }
      name = null;
    }
  }

  void parsed() {
    parsed.increment();
  }

  void unparsed(Misfit misfit) {
    LongAdder count = unparsed.get(misfit);
    if (count != null) {
      count.increment();
    }
  }

  @Override
  public String getFormat() {
    return format;
  }

  @Override
  public long getParsedCount() {
    return parsed.sum();
  }

  @Override
  public long getUnparsedCount() {
    return unparsed.values().stream().mapToLong(LongAdder::sum).sum();
  }

  @Override
  public String getUnparsedByReason() {
    return unparsed.entrySet().stream()
        .filter(entry -> entry.getValue().sum() > 0)
        .map(entry -> entry.getKey().reason() + "=" + entry.getValue().sum())
        .collect(Collectors.joining(", "));
  }
}
