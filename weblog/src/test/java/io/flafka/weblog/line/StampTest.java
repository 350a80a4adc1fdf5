package io.flafka.weblog.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StampTest {
  private static final DateTimeFormatter APACHE =
      DateTimeFormatter.ofPattern("'['dd/MMM/uuuu:HH:mm:ss xx']'", Locale.US)
          .withResolverStyle(ResolverStyle.STRICT);

  private static long read(String stamp) {
    return Stamp.read(stamp.getBytes(ISO_8859_1), 0);
  }

  @Test
  void readsTheStampOfTheCourse() {
    assertThat(read("[15/Sep/2013:23:59:53 +0100]"))
        .isEqualTo(Instant.parse("2013-09-15T22:59:53Z").toEpochMilli());
  }

  @Test
  void agreesWithJavaTimeOnEveryDayOfFourCenturies() {
    for (LocalDate day = LocalDate.of(1799, 12, 30);
        day.isBefore(LocalDate.of(2201, 1, 2));
        day = day.plusDays(1)) {
      OffsetDateTime noon = day.atTime(12, 34, 56).atOffset(ZoneOffset.ofHoursMinutes(-3, -30));
      assertThat(read(APACHE.format(noon))).isEqualTo(noon.toInstant().toEpochMilli());
    }
  }

  @Test
  void agreesWithJavaTimeOnRandomInstantsAndOffsets() {
    long seed = 20130915;
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      long second = random.nextLong(-62_000_000_000L, 253_000_000_000L);
      ZoneOffset offset = ZoneOffset.ofTotalSeconds(random.nextInt(-1080, 1081) * 60);
      OffsetDateTime time =
          OffsetDateTime.of(LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC), offset);
      String stamp = APACHE.format(time);
      assertThat(read(stamp)).as("%s, seed %d", stamp, seed).isEqualTo(millis(time));
    }
  }

  @Test
  void acceptsExactlyWhatJavaTimeAccepts() {
    long seed = 42;
    Random random = new Random(seed);
    byte[] replacements = "0123456789/:+-[] JanFebDec\u0000\u00ff".getBytes(ISO_8859_1);
    for (int i = 0; i < 200_000; i++) {
      byte[] stamp = "[28/Feb/2023:19:09:10 +0900]".getBytes(ISO_8859_1);
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        stamp[random.nextInt(stamp.length)] = replacements[random.nextInt(replacements.length)];
      }
      String text = new String(stamp, ISO_8859_1);
      assertThat(Stamp.read(stamp, 0)).as("%s, seed %d", text, seed).isEqualTo(expected(text));
    }
  }

  private static long expected(String stamp) {
    // A leap second, and an offset of -0000, are ours alone.
    String known = stamp.replaceFirst("-0000]$", "+0000]");
    boolean leapSecond = known.matches("\\[.{17}:60 .*");
    try {
      String plain = leapSecond ? known.replaceFirst(":60 ", ":59 ") : known;
      return millis(OffsetDateTime.parse(plain, APACHE)) + (leapSecond ? 1000 : 0);
    } catch (DateTimeException e) {
      return Stamp.NONE;
    }
  }

  private static long millis(OffsetDateTime time) {
    return time.toEpochSecond() * 1000;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[29/Feb/2023:00:00:00 +0000]",
        "[29/Feb/1900:00:00:00 +0000]",
        "[31/Apr/2013:00:00:00 +0000]",
        "[00/Jan/2013:00:00:00 +0000]",
        "[15/sep/2013:00:00:00 +0000]",
        "[15/Sep/2013:24:00:00 +0000]",
        "[15/Sep/2013:00:60:00 +0000]",
        "[15/Sep/2013:00:00:61 +0000]",
        "[15/Sep/2013:00:00:00 +1801]",
        "[15/Sep/2013:00:00:00 +0060]",
        "[15/Sep/2013:00:00:00  0000]",
        "[15/Sep/2013:00:00:00 +0000)",
        "[-5/Sep/2013:00:00:00 +0000]",
      })
  void refusesAFieldOutOfItsRange(String stamp) {
    assertThat(read(stamp)).isEqualTo(Stamp.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[29/Feb/2000:00:00:00 +0000]",
        "[29/Feb/2024:23:59:59 -1800]",
        "[31/Dec/2016:23:59:60 +0000]",
        "[15/Sep/2013:00:00:00 -0000]",
      })
  void acceptsWhatIsRare(String stamp) {
    assertThat(read(stamp)).isNotEqualTo(Stamp.NONE);
  }
}
