package io.flafka.spooldir;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TrackerFormatTest {
  private static final Path SPOOL = Path.of("/var/spool/weblogs");
  private static final Tracker TRACKER =
      new Tracker(
          "0b6c9f8e-6f0d-4f43-9a53-4f2b1c1f7a10",
          SPOOL.resolve("2013/access log"),
          new FileIdentity(
              1835021, 104857600, FileTime.from(Instant.parse("2013-09-15T22:59:53.123456789Z"))),
          52428800,
          false);

  /**
   * What is on the disks of users. A change here is a new version, and the old one is still read.
   */
  private static final String GOLDEN =
      """
      flafka-tracker 1
      stream 0b6c9f8e-6f0d-4f43-9a53-4f2b1c1f7a10
      file 2013/access%20log
      inode 1835021
      size 104857600
      modified 2013-09-15T22:59:53.123456789Z
      state reading
      offset 52428800
      crc32 a0c7fe8e
      """;

  private final TrackerFormat format = new TrackerFormat(SPOOL);

  @Test
  void writesVersionOne() {
    assertThat(format.encode(TRACKER)).asString(US_ASCII).isEqualTo(GOLDEN);
  }

  @Test
  void readsVersionOne() {
    assertThat(format.decode(GOLDEN.getBytes(US_ASCII))).isEqualTo(TRACKER);
  }

  @Test
  void keepsAFinishedFileFinished() {
    Tracker finished = TRACKER.at(104857600).finish();

    assertThat(format.decode(format.encode(finished))).isEqualTo(finished);
  }

  @Test
  void keepsAnyFileName() {
    for (String name :
        new String[] {"a\nstream b", "%41", "a:b?c#d", "x y/z", "a//b", "-", "http://x/y"}) {
      Tracker tracker = new Tracker("s", SPOOL.resolve(name), TRACKER.identity(), 0, false);

      assertThat(format.decode(format.encode(tracker))).isEqualTo(tracker);
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
    byte[] later = GOLDEN.replace("tracker 1", "tracker 2").getBytes(US_ASCII);

    assertThatThrownBy(() -> format.decode(later)).hasMessageContaining("another version");
  }

  @Test
  void knowsNoOffsetBeyondTheFile() {
    assertThatThrownBy(() -> TRACKER.at(104857601)).hasMessageContaining("104857600 bytes");
  }
}
