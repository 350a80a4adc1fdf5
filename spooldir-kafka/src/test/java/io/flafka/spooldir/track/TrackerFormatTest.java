package io.flafka.spooldir.track;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.spooldir.disk.FileHead;
import io.flafka.spooldir.disk.FileIdentity;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrackerFormatTest {
  private static final Path SPOOL = Path.of("/var/spool/weblogs");
  private static final Tracker TRACKER =
      new Tracker(
          "0b6c9f8e-6f0d-4f43-9a53-4f2b1c1f7a10",
          SPOOL.resolve("2013/access log"),
          new FileIdentity(
              1835021, 104857600, FileTime.from(Instant.parse("2013-09-15T22:59:53.123456789Z"))),
          FileHead.parse("16:5f3a9c1e,64:d2f44aa"),
          "LINE",
          52428800,
          false);

  private static final Tracker FINISHED =
      new Tracker(
          "6a1f3c0e-1d52-4c8b-8a64-3a1c7de0b2aa",
          SPOOL.resolve("b.avro"),
          new FileIdentity(7, 12, FileTime.from(Instant.parse("2013-09-15T22:59:53Z"))),
          FileHead.UNKNOWN,
          "AVRO",
          3,
          true);

  /**
   * What is on the disks of users. A change here is a new version, and the old one is still read.
   */
  private static final String GOLDEN =
      """
      flafka-trackers 2
      0b6c9f8e-6f0d-4f43-9a53-4f2b1c1f7a10 reading 52428800 LINE 1835021 104857600 2013-09-15T22:59:53.123456789Z 16:5f3a9c1e,64:d2f44aa 2013/access%20log
      6a1f3c0e-1d52-4c8b-8a64-3a1c7de0b2aa finished 3 AVRO 7 12 2013-09-15T22:59:53Z - b.avro
      crc32 35bfa16f
      """;

  private static final String VERSION_ONE =
      """
      flafka-trackers 1
      0b6c9f8e-6f0d-4f43-9a53-4f2b1c1f7a10 reading 52428800 LINE 1835021 104857600 2013-09-15T22:59:53.123456789Z 2013/access%20log
      6a1f3c0e-1d52-4c8b-8a64-3a1c7de0b2aa finished 3 AVRO 7 12 2013-09-15T22:59:53Z b.avro
      crc32 6d86f549
      """;

  private final TrackerFormat format = new TrackerFormat(SPOOL);

  private byte[] encode(Tracker... trackers) {
    return format.encode(
        Arrays.stream(trackers)
            .map(tracker -> new TrackerFormat.Entry(format.name(tracker.file()), tracker))
            .collect(Collectors.toList()));
  }

  @Test
  void writesVersionTwo() {
    assertThat(encode(TRACKER, FINISHED)).asString(US_ASCII).isEqualTo(GOLDEN);
  }

  @Test
  void readsVersionTwo() {
    assertThat(format.decode(GOLDEN.getBytes(US_ASCII))).containsExactly(TRACKER, FINISHED);
  }

  @Test
  void readsVersionOneWhichDidNotKnowHowFilesBegin() {
    assertThat(format.decode(VERSION_ONE.getBytes(US_ASCII)))
        .containsExactly(headless(TRACKER), FINISHED);
  }

  private static Tracker headless(Tracker tracker) {
    return new Tracker(
        tracker.stream(),
        tracker.file(),
        tracker.identity(),
        FileHead.UNKNOWN,
        tracker.format(),
        tracker.offset(),
        tracker.finished());
  }

  @Test
  void keepsNoTrackersToo() {
    assertThat(format.decode(encode())).isEmpty();
  }

  @Test
  void keepsAnyFileName() {
    for (String name :
        new String[] {"a\nstream b", "%41", "a:b?c#d", "x y/z", "a//b", "-", "http://x/y"}) {
      Tracker tracker =
          new Tracker(
              "s", SPOOL.resolve(name), TRACKER.identity(), TRACKER.head(), "LINE", 0, false);

      assertThat(format.decode(encode(tracker))).containsExactly(tracker);
    }
  }

  @Test
  void noticesEveryTear() {
    byte[] whole = GOLDEN.getBytes(US_ASCII);
    for (int length = 0; length < whole.length; length++) {
      byte[] torn = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> format.decode(torn)).isInstanceOf(IllegalArgumentException.class);
      byte[] zeroed = Arrays.copyOf(torn, whole.length);
      assertThatThrownBy(() -> format.decode(zeroed)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void noticesEveryChangedBit() {
    for (int i = 0; i < GOLDEN.length() * 8; i++) {
      byte[] flipped = GOLDEN.getBytes(US_ASCII);
      flipped[i / 8] ^= (byte) (1 << (i % 8));
      assertThatThrownBy(() -> format.decode(flipped)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void saysThatAnotherVersionWroteIt() {
    byte[] later = GOLDEN.replace("trackers 2", "trackers 3").getBytes(US_ASCII);

    assertThatThrownBy(() -> format.decode(later)).hasMessageContaining("another version");
  }
}
