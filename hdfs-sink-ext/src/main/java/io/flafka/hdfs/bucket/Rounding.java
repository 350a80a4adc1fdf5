package io.flafka.hdfs.bucket;

import io.flafka.config.Settings;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Rounds timestamps down, by the clock on the wall of a time zone.
 *
 * @param value the multiple of the unit to round down to; 0 leaves timestamps as they are
 */
public record Rounding(int value, Unit unit, ZoneId zone) {
  enum Unit {
    SECOND(60),
    MINUTE(60),
    HOUR(24);

    private final int most;

    Unit(int most) {
      this.most = most;
    }
  }

  public static Rounding parse(Settings settings, ZoneId zone) {
    boolean round = settings.flag("hdfs.round", false);
    int value = settings.integer("hdfs.roundValue", 1, 1);
    Unit unit = settings.choice("hdfs.roundUnit", Unit.SECOND);
    if (value > unit.most) {
      settings.problem(
          "hdfs.roundValue",
          "it takes at most "
              + unit.most
              + " with the unit "
              + unit.name().toLowerCase(Locale.ROOT));
    }
    return new Rounding(round ? value : 0, unit, zone);
  }

  /** The rounded timestamp, in milliseconds since the epoch. */
  public long down(long millis) {
    if (value == 0) {
      return millis;
    }
    ZonedDateTime time = Instant.ofEpochMilli(millis).atZone(zone);
    ZonedDateTime rounded =
        switch (unit) {
          case SECOND -> time.withSecond(floor(time.getSecond())).truncatedTo(ChronoUnit.SECONDS);
          case MINUTE -> time.withMinute(floor(time.getMinute())).truncatedTo(ChronoUnit.MINUTES);
          case HOUR -> time.withHour(floor(time.getHour())).truncatedTo(ChronoUnit.HOURS);
        };
    return rounded.toInstant().toEpochMilli();
  }

  private int floor(int field) {
    return field - field % value;
  }
}
