package io.flafka.weblog;

import io.flafka.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.interceptor.Interceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes an event's time from the line of an Apache access log that is its body: the first stamp of
 * the form {@code [15/Sep/2013:23:59:53 +0100]} goes to the header {@code timestamp}, in
 * milliseconds since 1970.
 *
 * <p>What bears no stamp, however odd its bytes, is passed on as it is, or dropped where {@code
 * unparsed = drop} asks for it. Such events are counted; the first is reported at once, the number
 * at the end. Applying it twice changes nothing.
 *
 * <p>For any number of threads.
 */
public final class WeblogInterceptor implements Interceptor {
  private static final Logger log = LoggerFactory.getLogger(WeblogInterceptor.class);
  private static final String TIMESTAMP = "timestamp";

  private final WeblogConfig config;
  private final AtomicLong unparsed = new AtomicLong();

  /** Threads may overwrite each other's; each of them is whole, since it is immutable. */
  private StampText last = StampText.NONE;

  private WeblogInterceptor(WeblogConfig config) {
    this.config = config;
  }

  @Override
  public void initialize() {}

  @Override
  public @Nullable Event intercept(Event event) {
    return isKept(event) ? event : null;
  }

  @Override
  public List<Event> intercept(List<Event> events) {
    List<Event> kept = new ArrayList<>(events.size());
    for (Event event : events) {
      if (isKept(event)) {
        kept.add(event);
      }
    }
    return kept;
  }

  private boolean isKept(Event event) {
    if (config.preserveExisting() && event.getHeaders().containsKey(TIMESTAMP)) {
      return true;
    }
    byte[] line = event.getBody();
    String millis = millis(line);
    if (millis == null) {
      report(line);
      return config.unparsed() == Unparsed.PASS;
    }
    event.getHeaders().put(TIMESTAMP, millis);
    return true;
  }

  private @Nullable String millis(byte[] line) {
    StampText known = last;
    for (int i = 0; i <= line.length - Stamp.LENGTH; i++) {
      if (line[i] != '[') {
        continue;
      }
      if (known.isAt(line, i)) {
        return known.millis();
      }
      long millis = Stamp.read(line, i);
      if (millis != Stamp.NONE) {
        known = StampText.of(line, i, millis);
        last = known;
        return known.millis();
      }
    }
    return null;
  }

  private void report(byte[] line) {
    if (unparsed.incrementAndGet() == 1) {
      log.warn(
          "a line has no time stamp like [15/Sep/2013:23:59:53 +0100]; it and its like are {},"
              + " counted, and not reported again before the end. It begins: {}",
          config.unparsed().fate(),
          Excerpt.of(line));
    }
  }

  @Override
  public void close() {
    if (unparsed.get() > 0) {
      log.warn("{} lines had no time stamp and were {}", unparsed, config.unparsed().fate());
    }
  }

  /**
   * Makes the interceptor from its configuration: {@code unparsed} (pass or drop; pass) and {@code
   * preserveExisting} (false): whether a {@code timestamp} header that is there already stays.
   */
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
