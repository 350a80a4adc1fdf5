package io.flafka.spooldir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.delivery.Position;
import io.flafka.spooldir.read.EventReader;
import io.flafka.spooldir.read.FileEvent;
import io.flafka.spooldir.read.Input;
import io.flafka.spooldir.read.InputFormat;
import io.flafka.spooldir.read.ReadWatch;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flume.instrumentation.SourceCounter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file on its way, and what is left of it when the process dies at any point. */
class FileTransferTest {
  @TempDir Path dir;
  private TestSpool spool;
  private final TestChannel channel = new TestChannel();
  private final AtomicLong nanos = new AtomicLong();
  private long badSector = Long.MAX_VALUE;
  private Consumer<Path> opening = file -> {};
  private StopSignal stop = new StopSignal();

  /** What kill -9 is to the test: nothing that the source could catch. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  @BeforeEach
  void open() {
    spool = new TestSpool(dir);
  }

  /** A process: opens the spool, transfers the file, and leaves everything as a crash would. */
  private void transfer(Path file, String... keys)
      throws UnfitFileException, SpoolUnavailableException {
    SpoolDirConfig config = spool.config(keys);
    Backoff backoff = new Backoff(Duration.ofMillis(1));
    Delivery delivery =
        new Delivery(
            channel.processor(), new SourceCounter("r1"), backoff, stop, new Trouble("r1"));
    FileTransfer transfer =
        new FileTransfer(config, delivery, stop, new FaultyFormat(config.format()), nanos::get);
    try (Spool opened = Spool.open(config)) {
      transfer.transfer(file, opened.trackers());
    }
  }

  private void killBefore(int batch) {
    AtomicLong left = new AtomicLong(batch);
    channel.before(
        events -> {
          if (left.decrementAndGet() < 0) {
            throw new Killed();
          }
        });
  }

  private void liveOn() {
    channel.before(events -> {});
  }

  private static String numbered(int lines) {
    return IntStream.range(0, lines)
        .mapToObj(i -> "line " + i + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void deliversEveryLineWithItsPositionAndRetiresTheFile() throws Exception {
    Path file = spool.write("a", "x\r\n\nyz");

    transfer(file);

    assertThat(channel.lines()).containsExactly("x\r", "", "yz");
    assertThat(channel.positions()).extracting(Position::offset).containsExactly(3L, 4L, 6L);
    assertThat(channel.positions()).extracting(Position::stream).containsOnly(stream());
    assertThat(spool.names()).containsExactly("a.COMPLETED");
    assertThat(spool.trackers()).isEmpty();
  }

  private String stream() {
    return channel.positions().get(0).stream();
  }

  @Test
  void deliversOneEmptyEventForAnEmptyFile() throws Exception {
    transfer(spool.write("a", ""));

    assertThat(channel.lines()).containsExactly("");
    assertThat(spool.names()).containsExactly("a.COMPLETED");
  }

  @Test
  void storesTheStreamBeforeTheFirstEvent() throws Exception {
    List<Path> trackers = new ArrayList<>();
    channel.before(
        events -> {
          try {
            trackers.addAll(spool.trackers());
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });

    transfer(spool.write("a", "x\n"));

    assertThat(trackers)
        .extracting(path -> path.getFileName().toString())
        .containsExactly(stream() + ".tracker");
  }

  @Test
  void goesOnUnderTheSameStreamAfterACrash() throws Exception {
    Path file = spool.write("a", numbered(10));
    AtomicLong batches = new AtomicLong();
    channel.before(
        events -> {
          nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
          if (batches.incrementAndGet() == 3) {
            throw new Killed();
          }
        });
    assertThatThrownBy(() -> transfer(file, "batchSize", "2")).isInstanceOf(Killed.class);

    liveOn();
    transfer(file, "batchSize", "2");

    assertThat(channel.lines())
        .containsExactlyElementsOf(numbered(10).lines().collect(Collectors.toList()));
    assertThat(channel.positions()).extracting(Position::stream).containsOnly(stream());
  }

  @Test
  void repeatsNoMoreThanWasAcceptedSinceThePositionWasStored() throws Exception {
    Path file = spool.write("a", numbered(10));
    AtomicLong batches = new AtomicLong();
    channel.before(
        events -> {
          // The position is stored after the second batch; the third and fourth come too soon.
          nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(batches.get() < 2 ? 50 : 1));
          if (batches.incrementAndGet() == 5) {
            throw new Killed();
          }
        });
    assertThatThrownBy(() -> transfer(file, "batchSize", "1")).isInstanceOf(Killed.class);

    liveOn();
    transfer(file);

    assertThat(channel.lines()).hasSize(12).startsWith("line 0", "line 1", "line 2", "line 3");
    assertThat(channel.lines().subList(4, 12)).startsWith("line 2").endsWith("line 9");
  }

  @Test
  void repeatsNothingAfterAStop() throws Exception {
    Path file = spool.write("a", numbered(10));
    AtomicLong batches = new AtomicLong();
    channel.before(
        events -> {
          if (batches.incrementAndGet() == 2) {
            stop.raise();
          }
        });
    transfer(file, "batchSize", "3");
    assertThat(channel.lines()).hasSize(6);

    stop = new StopSignal();
    liveOn();
    transfer(file);

    assertThat(channel.lines())
        .containsExactlyElementsOf(numbered(10).lines().collect(Collectors.toList()));
  }

  @Test
  void losesNothingWhereverItIsKilled() throws Exception {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      int already = channel.events().size();
      String content = numbered(1 + random.nextInt(40));
      Path file = spool.write("f" + seed, content);
      for (int deaths = random.nextInt(4); deaths > 0 && Files.exists(file); deaths--) {
        killBefore(random.nextInt(8));
        try {
          transfer(file, "batchSize", "" + (1 + random.nextInt(5)));
        } catch (Killed expected) {
          nanos.addAndGet(random.nextInt(200_000_000));
        }
      }
      liveOn();
      transfer(file);

      assertThat(channel.lines().subList(already, channel.lines().size()).stream().distinct())
          .as("seed %d", seed)
          .containsExactlyElementsOf(content.lines().collect(Collectors.toList()));
      assertThat(file).doesNotExist();
    }
    assertThat(spool.trackers()).isEmpty();
  }

  @Test
  void readsANewFileOfAnOldNameFromItsBeginning() throws Exception {
    Path file = spool.write("a", "1\n2\n3\n");
    killBefore(2);
    assertThatThrownBy(() -> transfer(file, "batchSize", "1")).isInstanceOf(Killed.class);
    // Same name, same size, but not the same file.
    Files.move(file, dir.resolve(".gone"));
    spool.write("a", "4\n5\n6\n");

    liveOn();
    transfer(file);

    assertThat(channel.lines()).containsExactly("1", "2", "4", "5", "6");
    assertThat(channel.positions().get(2).stream()).isNotEqualTo(stream());
    assertThat(spool.trackers()).isEmpty();
  }

  @Test
  void givesTheSameFileDroppedAgainAnotherStream() throws Exception {
    transfer(spool.write("a", "1\n", 5));
    transfer(spool.write("a", "1\n", 5));

    assertThat(channel.lines()).containsExactly("1", "1");
    assertThat(channel.positions()).doesNotHaveDuplicates();
    assertThat(spool.names()).containsExactly("a.1.COMPLETED", "a.COMPLETED");
  }

  @Test
  void leavesAFileThatGrewWhileItWasRead() throws Exception {
    Path file = spool.write("a", "1\n2\n");
    channel.before(events -> append(file, "3\n"));

    assertThatThrownBy(() -> transfer(file))
        .isInstanceOf(UnfitFileException.class)
        .hasMessageContaining(file + " changed while it was read")
        .hasMessageContaining("[0, 4) were delivered");
    assertThat(channel.lines()).containsExactly("1", "2");
    assertThat(file).hasContent("1\n2\n3\n");

    liveOn();
    transfer(file);
    assertThat(channel.lines()).containsExactly("1", "2", "1", "2", "3");
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, text, ISO_8859_1, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void leavesAFileThatShrank() throws Exception {
    Path file = spool.write("a", "1\n2\n");
    opening =
        path -> {
          try {
            Files.writeString(path, "1\n");
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        };

    assertThatThrownBy(() -> transfer(file)).hasMessageContaining("[0, 2) were delivered");
    assertThat(file).exists();
  }

  @Test
  void noticesAFileThatWasTakenAway() throws Exception {
    Path file = spool.write("a", "1\n");
    channel.before(
        events -> {
          try {
            Files.delete(file);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });

    assertThatThrownBy(() -> transfer(file)).hasMessageContaining("taken away while it was read");
  }

  @Test
  void resumesAfterAReadErrorWhereItFailed() throws Exception {
    Path file = spool.write("a", numbered(3000));
    badSector = 20_000;
    assertThatThrownBy(() -> transfer(file))
        .isInstanceOf(UnfitFileException.class)
        .hasMessageContaining(file + " can't be read")
        .hasMessageContaining("bad sector");

    badSector = Long.MAX_VALUE;
    transfer(file);

    assertThat(channel.lines())
        .containsExactlyElementsOf(numbered(3000).lines().collect(Collectors.toList()));
  }

  /** A disk that changes under the reader, and has a bad sector. */
  private final class FaultyFormat implements InputFormat {
    private final InputFormat format;

    FaultyFormat(InputFormat format) {
      this.format = format;
    }

    @Override
    public String name() {
      return format.name();
    }

    @Override
    public EventReader open(Input input, ReadWatch watch) throws IOException {
      opening.accept(input.file());
      EventReader reader = format.open(input, watch);
      return new EventReader() {
        @Override
        public @Nullable FileEvent next() throws IOException {
          if (reader.offset() >= badSector) {
            throw new IOException("bad sector");
          }
          return reader.next();
        }

        @Override
        public long offset() {
          return reader.offset();
        }

        @Override
        public long consumed() {
          return reader.consumed();
        }

        @Override
        public void close() throws IOException {
          reader.close();
        }
      };
    }
  }

  @Test
  void deliversAFileOnlyOnceThoughItCannotBeRetired() throws Exception {
    String name = "n".repeat(250);
    for (String content : new String[] {"1\n", ""}) {
      Path file = spool.write(name, content);
      int already = channel.events().size();

      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(() -> transfer(file))
            .isInstanceOf(UnfitFileException.class)
            .hasMessageContaining("can't be retired");
      }
      transfer(file, "fileSuffix", ".ok");

      assertThat(channel.events()).hasSize(already + 1);
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void passesOverAFileThatIsNotThere() throws Exception {
    transfer(dir.resolve("a"));

    assertThat(channel.lines()).isEmpty();
  }

  @Test
  void refusesToGuessFromATornTracker() throws Exception {
    Path file = spool.write("a", "1\n2\n3\n");
    killBefore(1);
    assertThatThrownBy(() -> transfer(file, "batchSize", "1")).isInstanceOf(Killed.class);
    Path tracker = spool.trackers().get(0);
    try (FileChannel torn = FileChannel.open(tracker, StandardOpenOption.WRITE)) {
      torn.truncate(30);
    }

    liveOn();
    assertThatThrownBy(() -> transfer(file))
        .isInstanceOf(SpoolUnavailableException.class)
        .hasMessageContaining(tracker.toString())
        .hasMessageContaining("it is torn")
        .hasMessageContaining("delete it");
  }

  @Test
  void deliversNothingWhileItsPositionCannotBeStored() throws Exception {
    Path file = spool.write("a", "1\n");
    SpoolDirConfig config = spool.config();
    Backoff backoff = new Backoff(Duration.ofMillis(1));
    Delivery delivery =
        new Delivery(
            channel.processor(), new SourceCounter("r1"), backoff, stop, new Trouble("r1"));
    FileTransfer transfer =
        new FileTransfer(config, delivery, stop, new FaultyFormat(config.format()), nanos::get);
    try (Spool opened = Spool.open(config)) {
      Files.delete(spool.home().resolve("lock"));
      Files.delete(spool.home());

      assertThatThrownBy(() -> transfer.transfer(file, opened.trackers()))
          .isInstanceOf(SpoolUnavailableException.class)
          .hasMessageContaining("check trackerDir");
    }
    assertThat(channel.lines()).isEmpty();
  }
}
