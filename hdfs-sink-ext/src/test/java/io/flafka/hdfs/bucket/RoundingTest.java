package io.flafka.hdfs.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Random;
import java.util.TimeZone;
import org.apache.flume.tools.TimestampRoundDownUtil;
import org.junit.jupiter.api.Test;

class RoundingTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void roundsAsStockDoesWhereTheClockDoesNotChange() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 3000; i++) {
      ZoneId zone = ZoneId.of(random.nextBoolean() ? "UTC" : "Asia/Kathmandu");
      TimeZone old = TimeZone.getTimeZone(zone);
      long millis = random.nextLong(600_000_000_000L, 4_000_000_000_000L);
      int sixty = 1 + random.nextInt(60);
      int hours = 1 + random.nextInt(24);
      assertThat(new Rounding(sixty, Rounding.Unit.SECOND, zone).down(millis))
          .as("seed %s", seed)
          .isEqualTo(TimestampRoundDownUtil.roundDownTimeStampSeconds(millis, sixty, old));
      assertThat(new Rounding(sixty, Rounding.Unit.MINUTE, zone).down(millis))
          .as("seed %s", seed)
          .isEqualTo(TimestampRoundDownUtil.roundDownTimeStampMinutes(millis, sixty, old));
      assertThat(new Rounding(hours, Rounding.Unit.HOUR, zone).down(millis))
          .as("seed %s", seed)
          .isEqualTo(TimestampRoundDownUtil.roundDownTimeStampHours(millis, hours, old));
    }
  }

  @Test
  void staysInTheFirstOfTwoEqualHours() {
    long first = Instant.parse("2013-10-27T00:34:56Z").toEpochMilli();
    assertThat(Instant.ofEpochMilli(new Rounding(10, Rounding.Unit.MINUTE, BERLIN).down(first)))
        .isEqualTo("2013-10-27T00:30:00Z");
  }

  @Test
  void leavesTimestampsAloneUnlessAsked() {
    assertThat(new Rounding(0, Rounding.Unit.HOUR, BERLIN).down(12345)).isEqualTo(12345);
  }
}
