package io.flafka.spooldir;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.config.Settings;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flume.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventReaderTest {
  @TempDir private Path dir;

  @Test
  void endsABatchBeforeLongLinesFillTheMemory() throws Exception {
    Path file = dir.resolve("a");
    Files.writeString(file, ("x".repeat(999_999) + "\n").repeat(12));
    SpoolDirConfig config =
        SpoolDirConfig.parse(
            new Settings("source r1", new Context(Map.of("spoolDir", dir.toString()))));

    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      EventReader events =
          new EventReader(channel, Tracker.first(file, FileState.of(file).identity()), config);

      // The fifth line is the first to end behind 4 MiB.
      assertThat(events.next(1_000)).hasSize(5);
      assertThat(events.next(1_000)).hasSize(5);
      assertThat(events.next(1_000)).hasSize(2);
      assertThat(events.next(1_000)).isEmpty();
    }
  }
}
