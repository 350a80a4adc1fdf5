package io.flafka.weblog;

import io.flafka.bench.jmh.PerEvent;
import io.flafka.bench.jmh.StockTimestamps;
import io.flafka.bench.jmh.Weblog;
import io.flafka.spooldir.read.FileEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.interceptor.Interceptor;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Events as the source has just read them, into such with the time of their line in a header. The
 * events are made anew each time, so that each makes its headers; {@link #none} is what that takes
 * beside the interceptor.
 */
public class InterceptorBenchmark extends PerEvent {
  private final List<FileEvent> read =
      Weblog.lines(EVENTS, Weblog.BUSY).stream()
          .map(line -> new FileEvent("a-file", line.length + 1, line, Map.of()))
          .toList();
  private final Interceptor any = interceptor(Map.of());
  private final Interceptor combined = interceptor(Map.of("format", "combined"));
  private final Interceptor withFields =
      interceptor(Map.of("format", "combined", "headers", "host, path, status"));
  private final Interceptor stock = StockTimestamps.interceptor();

  @Benchmark
  public List<Event> none() {
    return events();
  }

  @Benchmark
  public List<Event> flafkaAny() {
    return any.intercept(events());
  }

  @Benchmark
  public List<Event> flafkaCombined() {
    return combined.intercept(events());
  }

  @Benchmark
  public List<Event> flafkaWithFields() {
    return withFields.intercept(events());
  }

  @Benchmark
  public List<Event> stock() {
    return stock.intercept(events());
  }

  private List<Event> events() {
    List<Event> events = new ArrayList<>(EVENTS);
    for (FileEvent event : read) {
      events.add(event.asRead());
    }
    return events;
  }

  private static Interceptor interceptor(Map<String, String> keys) {
    WeblogInterceptor.Builder builder = new WeblogInterceptor.Builder();
    builder.configure(new Context(keys));
    return builder.build();
  }
}
