package io.flafka.hdfs.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.delivery.DeadLetterMark;
import io.flafka.hdfs.cargo.HdfsSinkCounter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.event.SimpleEvent;
import org.apache.flume.formatter.output.BucketPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketsTest {
  private final HdfsSinkCounter counter = new HdfsSinkCounter("k1");
  private final Instant now = Instant.parse("2013-09-15T12:34:56Z");

  private Buckets buckets(String path, String zone, boolean local, Missing missing) {
    TimeZone old = TimeZone.getTimeZone(zone);
    Layout layout =
        new Layout(
            Template.directory(path, old),
            Template.name("p-%{host}", old),
            new Rounding(0, Rounding.Unit.SECOND, old.toZoneId()),
            local,
            missing);
    return new Buckets("sink k1", layout, new EventClock(local, InstantSource.fixed(now)), counter);
  }

  private static Event event(String timestamp, String host) {
    Map<String, String> headers = new HashMap<>();
    if (!timestamp.isEmpty()) {
      headers.put("timestamp", timestamp);
    }
    if (!host.isEmpty()) {
      headers.put("host", host);
    }
    return EventBuilder.withBody(new byte[0], headers);
  }

  private Event at(String instant) {
    return event(Long.toString(Instant.parse(instant).toEpochMilli()), "h");
  }

  @ParameterizedTest
  @CsvSource({
    "UTC,/%Y/%m/%d/%H,0",
    "America/St_Johns,/%Y%m%d-%H%z,500000000000",
    "Africa/Monrovia,/%d/%H/%M,-1000000000",
    "Asia/Kathmandu,/%d-%H-%M-%S,400000000000",
    "Europe/Berlin,/%d-%H%z,1382832000000",
  })
  void remembersNothingWrong(String zone, String path, long from) throws Exception {
    Buckets buckets = buckets(path, zone, false, Missing.STOP);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 5000; i++) {
      // Dense, so that slots are met again, over two years or a day.
      long millis = from + random.nextLong(i % 2 == 0 ? 63_072_000_000L : 86_400_000L);
      Event event = event(Long.toString(millis), "h" + random.nextInt(3));
      assertThat(buckets.of(event).directory())
          .as("seed %s, %s", seed, millis)
          .isEqualTo(
              BucketPath.escapeString(
                  path, event.getHeaders(), TimeZone.getTimeZone(zone), false, 0, 0, false));
      assertThat(buckets.of(event).prefix()).isEqualTo("p-" + event.getHeaders().get("host"));
    }
  }

  @Test
  void followsAClockThatChangesWithinAQuarter() throws Exception {
    // Newfoundland went back an hour at one minute past midnight.
    Buckets buckets = buckets("/%d-%H", "America/St_Johns", false, Missing.STOP);
    assertThat(buckets.of(at("2005-10-30T02:30:30Z")).directory()).isEqualTo("/30-00");
    assertThat(buckets.of(at("2005-10-30T02:31:30Z")).directory()).isEqualTo("/29-23");
  }

  @Test
  void givesTheSameObjectWhileNothingChanges() throws Exception {
    Buckets buckets = buckets("/%Y/%H", "UTC", false, Missing.STOP);
    Bucket first = buckets.of(at("2013-09-15T12:00:00Z"));
    assertThat(buckets.of(at("2013-09-15T12:14:59Z"))).isSameAs(first);
    Bucket other = buckets.of(at("2013-09-15T13:00:00Z"));
    assertThat(other).isNotEqualTo(first);
    assertThat(buckets.of(at("2013-09-15T12:00:00Z"))).isSameAs(first);
  }

  @Test
  void asksNoEventForHeadersThatDoNotMatter() throws Exception {
    Layout layout =
        new Layout(
            Template.directory("/weblogs", TimeZone.getTimeZone("UTC")),
            Template.name("access", TimeZone.getTimeZone("UTC")),
            new Rounding(0, Rounding.Unit.SECOND, TimeZone.getTimeZone("UTC").toZoneId()),
            false,
            Missing.STOP);
    EventClock clock = new EventClock(false, InstantSource.fixed(now));
    Event event =
        new SimpleEvent() {
          @Override
          public Map<String, String> getHeaders() {
            throw new AssertionError("nothing depends on them");
          }
        };
    assertThat(new Buckets("sink k1", layout, clock, counter).of(event).directory())
        .isEqualTo("/weblogs");
  }

  @Test
  void goesByTheAgentsClockIfTold() throws Exception {
    Buckets buckets = buckets("/%H%M%S/%t", "UTC", true, Missing.STOP);
    assertThat(buckets.of(event("17", "h")).directory()).isEqualTo("/123456/" + now.toEpochMilli());
  }

  @Test
  void sendsWhatLacksSomethingToUnknownAndCountsIt() throws Exception {
    Buckets buckets = buckets("/logs/%Y/%m", "UTC", false, Missing.DEFAULT);
    assertLack(buckets.of(event("", "h")), "/logs/unknown/unknown", "p-h", "no timestamp header");
    assertLack(buckets.of(event("x", "h")), "/logs/unknown/unknown", "p-h", "no timestamp header");
    assertLack(buckets.of(event("0", "")), "/logs/1970/01", "unknown", "no header 'host'");
    assertThat(buckets.of(event("0", "h")).lack()).isNull();
    assertThat(counter.getEventUnknownPathCount()).isEqualTo(3);
  }

  private static void assertLack(Bucket bucket, String directory, String prefix, String lack) {
    assertThat(bucket.directory()).isEqualTo(directory);
    assertThat(bucket.prefix()).isEqualTo(prefix);
    assertThat(bucket.lack()).contains(lack);
  }

  @Test
  void marksWhatLacksSomethingAsADeadLetterIfTold() throws Exception {
    Buckets buckets = buckets("/logs/%Y/%m", "UTC", false, Missing.DEADLETTER);
    Event event = event("", "h");
    Bucket bucket = buckets.of(event);
    assertThat(bucket.letters()).isTrue();
    assertThat(bucket.directory()).isEqualTo("/logs/_deadletters");
    assertThat(DeadLetterMark.of(event)).contains("no timestamp header");
    assertThat(buckets.of(event("0", ""))).isEqualTo(bucket);
    assertThat(buckets.of(event("0", "h")).letters()).isFalse();
    assertThat(counter.getEventUnknownPathCount()).isEqualTo(2);
  }

  @Test
  void stopsAtWhatLacksSomethingIfTold() {
    Buckets buckets = buckets("/logs/%Y", "UTC", false, Missing.STOP);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> buckets.of(event("", "h"))).isInstanceOf(UnresolvedEscape.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/%Y/%m/%d/%H,2013-09-15T12:34:56Z,2013-09-15T13:00:00Z",
    "/dt=%Y-%m-%d,2013-09-15T12:34:56Z,2013-09-15T22:00:00Z",
    "/dt=%Y-%m-%d,2013-10-27T12:00:00Z,2013-10-27T23:00:00Z",
    "/%Y-%m,2013-09-15T12:34:56Z,2013-09-30T22:00:00Z",
    "/%Y,2013-09-15T12:34:56Z,2013-12-31T23:00:00Z",
    "/%H%M%S,2013-09-15T12:34:56Z,2013-09-15T12:34:57Z",
  })
  void knowWhenTheirPeriodsEnd(String path, String time, String end) throws Exception {
    Buckets buckets = buckets(path, "Europe/Berlin", false, Missing.STOP);
    assertThat(Instant.ofEpochMilli(buckets.of(at(time)).end())).isEqualTo(end);
  }

  @Test
  void neverEndWhereTimeHasNothingToDoWithIt() throws Exception {
    assertThat(buckets("/%{host}", "UTC", false, Missing.STOP).of(at("2013-09-15T12:00:00Z")).end())
        .isEqualTo(Long.MAX_VALUE);
  }
}
