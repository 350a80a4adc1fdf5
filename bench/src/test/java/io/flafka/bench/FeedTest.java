package io.flafka.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedTest {
  @TempDir Path dir;

  @Test
  void feedsAFileWhenEnoughOfThoseBeforeHasArrived() throws IOException {
    Weblogs input = Weblogs.write(dir.resolve("input"), 40, 10);
    SpoolFolder spool = SpoolFolder.create(dir.resolve("spool"));

    Feed feed = new Feed(input, spool.path(), 15);
    assertThat(spool.waiting()).isEqualTo(2);
    feed.arrived(5);
    assertThat(spool.waiting()).isEqualTo(2);
    feed.arrived(6);
    assertThat(spool.waiting()).isEqualTo(3);
    feed.arrived(40);
    assertThat(spool.waiting()).isEqualTo(4);
    assertThat(Files.readAllLines(spool.path().resolve("access-00000.log"))).hasSize(10);
  }
}
