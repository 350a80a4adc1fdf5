package io.flafka.weblog;

import io.flafka.config.Settings;
import io.flafka.weblog.line.LineFormat;
import io.flafka.weblog.line.LineReader;
import io.flafka.weblog.line.Misfit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.interceptor.Interceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the line of a web log that is an event's body. The time of the request goes to the header
 * {@code timestamp}, in milliseconds since 1970, and the fields that are asked for to headers of
 * their own.
 *
 * <p>What is no such line, however odd its bytes, is passed on, marked or dropped, as {@code
 * unparsed} says. It still gets its timestamp if there is one where it should be. Such events are
 * counted; the first is reported at once, the number at the end. Applying it twice changes nothing.
 *
 * <p>For any number of threads.
 */
public final class WeblogInterceptor implements Interceptor {
  static final String TIMESTAMP = "timestamp";

  private static final Logger log = LoggerFactory.getLogger(WeblogInterceptor.class);

  private final WeblogConfig config;
  private final WeblogStats stats;
  private final ThreadLocal<LineReader> readers;
  private final AtomicBoolean reported = new AtomicBoolean();

  private WeblogInterceptor(WeblogConfig config) {
    this.config = config;
    this.stats = new WeblogStats(config.formatText());
    this.readers = ThreadLocal.withInitial(() -> config.format().reader(config.headers().fields()));
  }

  @Override
  public void initialize() {
    stats.register();
  }

  @Override
  public @Nullable Event intercept(Event event) {
    return isKept(event, readers.get()) ? event : null;
  }

  @Override
  public List<Event> intercept(List<Event> events) {
    LineReader reader = readers.get();
    List<Event> kept = new ArrayList<>(events.size());
    for (Event event : events) {
      if (isKept(event, reader)) {
        kept.add(event);
      }
    }
    return kept;
  }

  private boolean isKept(Event event, LineReader reader) {
    Map<String, String> headers = event.getHeaders();
    boolean preserves = config.preserveExisting() && headers.containsKey(TIMESTAMP);
    if (preserves && config.format().equals(LineFormat.ANY)) {
      return true;
    }
    Misfit misfit = reader.read(event.getBody());
    String timestamp = reader.timestamp();
    if (timestamp != null && !preserves) {
      headers.put(TIMESTAMP, timestamp);
    }
    if (misfit != null) {
      stats.unparsed(misfit);
      report(event.getBody(), misfit);
      return config.unparsed().keeps(event, misfit);
    }
    stats.parsed();
    config.headers().write(reader, headers);
    Unparsed.forgive(event);
    return true;
  }

  private void report(byte[] line, Misfit misfit) {
    if (!reported.get() && reported.compareAndSet(false, true)) {
      log.warn(
          "a line is not of format = {} ({}); it and its like are {}, counted, and not reported"
              + " again before the end. It begins: {}",
          config.formatText(),
          misfit.reason(),
          config.unparsed().fate(),
          Excerpt.of(line));
    }
  }

  @Override
  public void close() {
    stats.unregister();
    if (stats.getUnparsedCount() > 0) {
      log.warn(
          "{} of {} lines were not of format = {} ({}) and were {}",
          stats.getUnparsedCount(),
          stats.getUnparsedCount() + stats.getParsedCount(),
          config.formatText(),
          stats.getUnparsedByReason(),
          config.unparsed().fate());
    }
  }

  /** Makes the interceptor from its configuration; {@link WeblogConfig} has the keys. */
  public static final class Builder implements Interceptor.Builder {
    private WeblogConfig config = WeblogConfig.DEFAULT;

    @Override
    public void configure(Context context) {
      config = WeblogConfig.parse(new Settings("the web-log interceptor", context));
    }

    @Override
    public Interceptor build() {
      return new WeblogInterceptor(config);
    }
  }
}
