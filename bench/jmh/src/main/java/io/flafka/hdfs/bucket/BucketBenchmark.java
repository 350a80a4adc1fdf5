package io.flafka.hdfs.bucket;

import io.flafka.bench.jmh.PerEvent;
import io.flafka.bench.jmh.Weblog;
import io.flafka.config.Settings;
import io.flafka.hdfs.cargo.HdfsSinkCounter;
import java.time.InstantSource;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.formatter.output.BucketPath;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** Events into the buckets of their hours. */
public class BucketBenchmark extends PerEvent {
  private static final String PATH = "/weblogs/%Y-%m-%d/%H";
  private static final String PREFIX = "FlumeData";
  private static final TimeZone ZONE = TimeZone.getTimeZone("UTC");

  private final EventClock clock = new EventClock(false, InstantSource.system());
  private final Template template = Template.directory(PATH, ZONE);
  private final Buckets buckets =
      new Buckets(
          "the benchmark's sink",
          Layout.parse(
              new Settings(
                  "the benchmark's sink",
                  new Context(Map.of("hdfs.path", PATH, "hdfs.timeZone", "UTC")))),
          clock,
          new HdfsSinkCounter("the benchmark's sink"));

  /** How many hours take turns. */
  @Param({"1", "24"})
  public int hours;

  private List<Event> events;

  @Setup
  public void make() {
    events = Weblog.events(hours);
  }

  /** What the sink does. */
  @Benchmark
  public void flafka(Blackhole blackhole) throws UnresolvedEscape {
    for (Event event : events) {
      blackhole.consume(buckets.of(event));
    }
  }

  /** What it would do if it remembered nothing. */
  @Benchmark
  public void formatted(Blackhole blackhole) throws UnresolvedEscape {
    for (Event event : events) {
      Map<String, String> headers = event.getHeaders();
      long millis = clock.millis(headers);
      blackhole.consume(template.fill(new Moment(millis, clock.raw(millis, headers)), headers));
    }
  }

  /** What stock Flume's sink does before it looks for the file of that name. */
  @Benchmark
  public void stock(Blackhole blackhole) {
    for (Event event : events) {
      Map<String, String> headers = event.getHeaders();
      String path = escaped(PATH, headers);
      String name = escaped(PREFIX, headers);
      blackhole.consume(path + '/' + name);
    }
  }

  private static String escaped(String text, Map<String, String> headers) {
    return BucketPath.escapeString(text, headers, ZONE, false, Calendar.SECOND, 1, false);
  }
}
