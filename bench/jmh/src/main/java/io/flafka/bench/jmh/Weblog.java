package io.flafka.bench.jmh;

import io.flafka.testbed.weblogs.WeblogGenerator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;

/** The lines that the end-to-end benchmark has, too: the beginning of a server's day. */
public final class Weblog {
  /** How many a busy server writes in a second, all of them with the same stamp. */
  public static final int BUSY = 20;

  /** The header that holds an event's time. */
  public static final String TIMESTAMP = "timestamp";

  private static final long SEED = 42;
  private static final long SECONDS = Duration.ofDays(1).toSeconds();
  private static final Instant HOUR = Instant.parse("2013-09-15T00:00:00Z");

  private Weblog() {}

  /** So many lines without their newlines, so many of them for each second. */
  public static List<byte[]> lines(int count, int perSecond) {
    WeblogGenerator generator = new WeblogGenerator(SEED, SECONDS * perSecond);
    List<byte[]> lines = new ArrayList<>(count);
    while (lines.size() < count) {
      lines.add(generator.next().getBytes(StandardCharsets.US_ASCII));
    }
    return lines;
  }

  /**
   * {@link PerEvent#EVENTS} events as a sink takes them, with their time as a header.
   *
   * @param hours of how many hours they are, taking turns, as they are where many files are read
   */
  public static List<Event> events(int hours) {
    List<byte[]> lines = lines(PerEvent.EVENTS, BUSY);
    List<Event> events = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      Instant time = HOUR.plus(Duration.ofHours(i % hours)).plusSeconds(i / BUSY);
      Map<String, String> headers = new HashMap<>();
      headers.put(TIMESTAMP, Long.toString(time.toEpochMilli()));
      events.add(EventBuilder.withBody(lines.get(i), headers));
    }
    return events;
  }
}
