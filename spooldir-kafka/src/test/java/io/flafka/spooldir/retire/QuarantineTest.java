package io.flafka.spooldir.retire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.spooldir.disk.FileHead;
import io.flafka.spooldir.disk.FileState;
import io.flafka.spooldir.track.Tracker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineTest {
  @TempDir Path dir;
  private Path bad;
  private Quarantine quarantine;

  @BeforeEach
  void open() {
    bad = dir.resolve("bad");
    quarantine = new Quarantine(dir, bad, () -> Instant.EPOCH);
  }

  private UnfitFile unfit(String name) throws IOException {
    Path file = Files.writeString(dir.resolve(name), "content of " + name);
    Tracker tracker = Tracker.first(file, FileState.of(file).identity(), FileHead.UNKNOWN, "LINE");
    return new UnfitFile(tracker, "no reason");
  }

  @Test
  void keepsAFileThatIsCalledLikeTheReportOfAnother() throws IOException {
    quarantine.take(unfit("a.report"));

    assertThat(quarantine.take(unfit("a"))).isEqualTo(bad.resolve("a.1"));

    assertThat(bad.resolve("a.report")).hasContent("content of a.report");
    assertThat(bad.resolve("a.report.report")).content().contains("/a.report\n");
    assertThat(bad.resolve("a.1")).hasContent("content of a");
    assertThat(bad.resolve("a.1.report")).content().contains("no reason");
  }

  @Test
  void writesTheReportAgainThatACrashHasLeft() throws IOException {
    UnfitFile unfit = unfit("a");
    Files.createDirectories(bad);
    Files.writeString(bad.resolve("a.report"), unfit.report(bad.resolve("a"), Instant.MAX));

    assertThat(quarantine.take(unfit)).isEqualTo(bad.resolve("a"));
    assertThat(bad.resolve("a.report")).content().contains(Instant.EPOCH.toString());
  }

  @Test
  void keepsAnEventOfAFileWithAnyName() throws IOException {
    for (String name : new String[] {"x".repeat(255), "%C3%A9%FF"}) {
      Path file = Path.of(URI.create(dir.toUri() + name));
      RefusedEvent refused = new RefusedEvent(file, UUID.randomUUID().toString(), 512, 1024, "?");

      Path kept = quarantine.keep(refused, new byte[] {'x'});

      assertThat(kept).hasContent("x").isEqualTo(quarantine.keep(refused, new byte[] {'x'}));
      assertThat(kept.getFileName().toString()).endsWith(".512-1024");
      assertThat(kept.resolveSibling(kept.getFileName() + ".report")).isNotEmptyFile();
    }
  }

  @Test
  void tellsWhatIsThere() throws IOException {
    UnfitFile unfit = unfit("a.report");
    RefusedEvent refused = new RefusedEvent(dir.resolve("b"), "of-b", 5, 10, "?");
    Path file = quarantine.take(unfit);
    Path event = quarantine.keep(refused, new byte[] {'x'});
    Files.delete(quarantine.take(unfit("gone")));

    assertThat(Quarantine.kept(bad))
        .containsExactlyInAnyOrder(
            new Quarantine.Kept(file, unfit.tracker().stream(), false),
            new Quarantine.Kept(event, "of-b", true));
    assertThat(Quarantine.kept(dir.resolve("none"))).isEmpty();
  }

  @Test
  void leavesNoReportOfAFileThatIsNotThere() throws IOException {
    UnfitFile unfit = unfit("a");
    Files.delete(unfit.file());

    assertThatThrownBy(() -> quarantine.take(unfit)).isInstanceOf(NoSuchFileException.class);
    assertThat(bad).isEmptyDirectory();
  }
}
