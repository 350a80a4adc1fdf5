package io.flafka.spooldir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.spooldir.disk.FileHead;
import io.flafka.spooldir.disk.FileIdentity;
import io.flafka.spooldir.disk.FileState;
import io.flafka.spooldir.track.Tracker;
import io.flafka.spooldir.track.TrackerBook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.apache.flume.Context;
import org.apache.flume.FlumeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the source makes of files that are not as they should be, its own among them. */
class UnfitFilesTest {
  @TempDir Path dir;
  private final TestChannel channel = new TestChannel(true);
  private final SpoolDirSource source = new SpoolDirSource();
  private TestSpool spool;

  @BeforeEach
  void configure() {
    spool = new TestSpool(dir);
    source.setName("r1");
    source.setChannelProcessor(channel.processor());
    source.configure(new Context(spool.keys("pollDelay", "5", "batchSize", "1")));
  }

  @AfterEach
  void stop() {
    source.stop();
  }

  private void awaitQuarantine(String name) {
    await(report(name));
    await(dir.resolve(".flumespool/quarantine/" + name));
  }

  private Path report(String name) {
    return dir.resolve(".flumespool/quarantine/" + name + ".report");
  }

  private static void await(Path file) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!Files.exists(file)) {
      assertThat(System.nanoTime()).as("deadline for %s", file).isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  @Test
  void aFileWhoseTimeGoesBackIsSetAsideThoughItsSizeIsTheSame() throws IOException {
    Path file = spool.write("a", "1\n2\n", 1_000);
    channel.before(
        batch -> {
          try {
            Files.setLastModifiedTime(file, FileTime.fromMillis(1));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    source.start();

    awaitQuarantine("a");
    assertThat(channel.lines()).containsExactly("1", "2");
    assertThat(report("a")).content().contains("it changed", "delivered  bytes [0, 4)\n");
  }

  /** As an agent leaves it that is killed when it has read the file, and not yet stored that. */
  private void begun(Path file) throws Exception {
    Files.createDirectories(spool.home());
    TrackerBook book = TrackerBook.open(spool.home(), dir);
    FileIdentity identity = FileState.of(file).identity();
    book.put(Tracker.first(file, identity, FileHead.of(file), "LINE").at(4));
    book.store();
  }

  @Test
  void anotherFileInTheInodeOfTheFormerOneIsRead() throws Exception {
    Path file = spool.write("a", "1\n2\n", 1_000);
    begun(file);
    Files.writeString(file, "3\n4\n5\n"); // In place, so that the inode is the same.
    source.start();

    await(dir.resolve("a.COMPLETED"));
    assertThat(channel.lines()).containsExactly("3", "4", "5");
  }

  @Test
  void aFileThatHasGrownSinceIsSetAside() throws Exception {
    Path file = spool.write("a", "1\n2\n", 1_000);
    begun(file);
    Files.writeString(file, "1\n2\n3\n");
    source.start();

    awaitQuarantine("a");
    assertThat(channel.lines()).isEmpty();
    assertThat(report("a")).content().contains("it changed", "delivered  bytes [0, 4)\n");
  }

  @Test
  void ofATornGzipFileWholeLinesAreDeliveredAndItsNeighboursAreRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes, 512, true)) {
      zip.write("1\n2\nhalf a li".getBytes(ISO_8859_1));
      zip.flush();
      spool.write("a.gz", bytes.toString(ISO_8859_1), 1);
    }
    spool.write("b", "3\n", 2);
    source.start();

    awaitQuarantine("a.gz");
    source.stop();
    source.start();
    spool.write("a.gz", bytes.toString(ISO_8859_1), 3);
    await(dir.resolve("a.gz.COMPLETED"));

    assertThat(channel.lines()).containsExactly("1", "2", "3", "1", "2", "half a li");
    assertThat(report("a.gz")).content().contains("delivered  decompressed bytes [0, 4)\n");
  }

  @Test
  void trackersThatAreTornOrEmptyStopItAndAnUnfinishedOneDoesNot() throws IOException {
    source.start();
    source.stop();
    Path trackers = spool.home().resolve("trackers");
    byte[] empty = {};
    for (byte[] broken : new byte[][] {empty, "flafka-trackers 1\n".getBytes(ISO_8859_1)}) {
      Files.write(trackers, broken);
      assertThatThrownBy(source::start)
          .isInstanceOf(FlumeException.class)
          .hasMessageContainingAll(trackers.toString(), "can't be understood", "delete them");
    }

    Files.delete(trackers);
    Files.write(spool.home().resolve("trackers.tmp"), empty);
    spool.write("a", "1\n");
    source.start();
    await(dir.resolve("a.COMPLETED"));
    assertThat(channel.lines()).containsExactly("1");
  }
}
