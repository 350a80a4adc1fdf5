package io.flafka.spooldir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.flafka.lock.FolderLock;
import io.flafka.spooldir.read.Words;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.apache.flume.Channel;
import org.apache.flume.ChannelException;
import org.apache.flume.ChannelSelector;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.FlumeException;
import org.apache.flume.Transaction;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.channel.ReplicatingChannelSelector;
import org.apache.flume.lifecycle.LifecycleState;
import org.apache.flume.serialization.DurablePositionTracker;
import org.apache.flume.serialization.EventDeserializer;
import org.apache.flume.serialization.PositionTracker;
import org.apache.flume.serialization.ResettableInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole source, driven as Flume drives it. */
class SpoolDirSourceTest {
  /** Where dashboards look for the counters of the first source. */
  private static final ObjectName BEAN = bean("org.apache.flume.source:type=r1");

  @TempDir Path dir;
  private TestSpool spool;
  private final TestChannel channel = new TestChannel();
  private final List<SpoolDirSource> sources = new ArrayList<>();

  private static ObjectName bean(String name) {
    try {
      return new ObjectName(name);
    } catch (MalformedObjectNameException e) {
      throw new AssertionError(e);
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  @BeforeEach
  void open() {
    spool = new TestSpool(dir);
  }

  @AfterEach
  void stopAll() {
    sources.forEach(SpoolDirSource::stop);
  }

  private SpoolDirSource source(ChannelProcessor channels, String... keysAndValues) {
    SpoolDirSource source = new SpoolDirSource();
    sources.add(source);
    source.setName("r" + sources.size());
    source.setChannelProcessor(channels);
    Map<String, String> keys = spool.keys("pollDelay", "5", "maxBackoff", "20");
    keys.putAll(spool.keys(keysAndValues));
    source.configure(new Context(keys));
    return source;
  }

  private SpoolDirSource started(String... keysAndValues) {
    SpoolDirSource source = source(channel.processor(), keysAndValues);
    source.start();
    return source;
  }

  private static void await(Condition condition) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private void awaitLines(String... lines) throws IOException {
    await(() -> channel.lines().size() >= lines.length);
    assertThat(channel.lines()).containsExactly(lines);
  }

  private void awaitNames(String... names) throws IOException {
    await(() -> spool.names().equals(List.of(names)));
  }

  @Test
  void bringsFilesThroughARealMemoryChannel() throws IOException {
    List<String> expected =
        IntStream.range(0, 5000).mapToObj(i -> "line " + i).collect(Collectors.toList());
    spool.write("a", String.join("\n", expected.subList(0, 3000)), 1);
    spool.write("b", String.join("\n", expected.subList(3000, 5000)) + "\n", 2);
    MemoryChannel memory = new MemoryChannel();
    memory.setName("c1");
    memory.configure(
        new Context(Map.of("capacity", "300", "transactionCapacity", "100", "keep-alive", "0")));
    memory.start();
    ChannelSelector selector = new ReplicatingChannelSelector();
    selector.setChannels(List.of(memory));
    selector.configure(new Context());
    source(new ChannelProcessor(selector), "basenameHeader", "true").start();

    // The channel is a tenth of what comes, so it is full time and again.
    List<Event> taken = new ArrayList<>();
    await(() -> take(memory, taken) >= 5000);

    assertThat(taken)
        .extracting(event -> new String(event.getBody(), ISO_8859_1))
        .containsExactlyElementsOf(expected);
    assertThat(taken.get(2999).getHeaders()).isEqualTo(Map.of("basename", "a"));
    assertThat(taken.get(3000).getHeaders()).isEqualTo(Map.of("basename", "b"));
    awaitNames("a.COMPLETED", "b.COMPLETED");
  }

  private static int take(Channel channel, List<Event> taken) {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    for (Event event = channel.take(); event != null; event = channel.take()) {
      taken.add(event);
      if (taken.size() % 100 == 0) {
        break;
      }
    }
    transaction.commit();
    transaction.close();
    return taken.size();
  }

  @Test
  void readsWhatArrivesLater() throws IOException {
    started();
    spool.write("a", "1\n");
    awaitLines("1");
    awaitNames("a.COMPLETED");
    spool.write("2013/b", "2\n");
    spool.write("a", "3\n");
    awaitLines("1", "3");
    awaitNames("2013", "a.1.COMPLETED", "a.COMPLETED");
  }

  @Test
  void goesOnWhereItStopped() throws IOException {
    spool.write("a", "1\n2\n3\n4\n");
    CountDownLatch second = new CountDownLatch(2);
    channel.before(
        batch -> {
          second.countDown();
          if (second.getCount() == 0) {
            throw new ChannelException("full");
          }
        });
    SpoolDirSource source = started("batchSize", "1");
    await(() -> second.getCount() == 0);

    source.stop();
    source.stop();
    assertThat(source.getLifecycleState()).isEqualTo(LifecycleState.STOP);
    channel.before(batch -> {});
    source.start();

    awaitLines("1", "2", "3", "4");
    await(() -> count("FilesDone") == 1);
    assertThat(count("BytesRead")).as("since this start").isEqualTo(6);
    assertThat(channel.positions())
        .extracting(position -> position.stream())
        .containsOnly(channel.positions().get(0).stream());
  }

  @Test
  void takesADirectoryForNoFileThoughItHasTheNameOfOneThatWasBegun() throws IOException {
    Path file = spool.write("a", "1\n2\n");
    channel.before(batch -> refuse(channel.lines().size() == 1));
    SpoolDirSource source = started("batchSize", "1");
    await(() -> channel.lines().size() == 1 && count("ChannelWriteFail") > 0);
    source.stop();
    channel.before(batch -> {});
    Files.delete(file);
    spool.write("a/b", "3\n");

    started("recursiveDirectorySearch", "true");
    awaitLines("1", "3");
    await(() -> Files.exists(dir.resolve("a/b.COMPLETED")));
  }

  @Test
  void letsOneBadFileNotStopTheOthers() throws IOException {
    Files.createSymbolicLink(dir.resolve("a"), dir.resolve("a"));
    spool.write("b" + "b".repeat(249), "1\n", 1);
    Path growing = spool.write("c", "2\n", 2);
    spool.write("d", "3\n", 3);
    channel.before(
        batch -> {
          if (new String(batch.get(0).getBody(), ISO_8859_1).equals("2")) {
            append(growing, "more\n");
          }
        });
    started("batchSize", "1");

    awaitLines("1", "2", "3");
    await(() -> spool.names().contains("d.COMPLETED"));
    Path quarantine = dir.resolve(".flumespool/quarantine");
    assertThat(growing).doesNotExist();
    assertThat(quarantine.resolve("c")).hasContent("2\nmore\n");
    assertThat(quarantine.resolve("c.report"))
        .content()
        .contains(
            "file       " + growing + "\n",
            "it changed",
            "delivered  bytes [0, 2)\n",
            "the rest   tail -c +3 ");

    // And a new file of that name is delivered.
    channel.before(batch -> {});
    spool.write("c", "complete\n", 9);
    awaitLines("1", "2", "3", "complete");
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void outlivesItsDirectory() throws IOException {
    Path in = spool("in");
    Path elsewhere = dir.resolve(".elsewhere");
    started("trackerDir", elsewhere.toString(), "spoolDir", in.toString());
    new TestSpool(in).write("a", "1\n");
    awaitLines("1");
    await(() -> Files.exists(in.resolve("a.COMPLETED")));

    Path away = Files.move(in, dir.resolve("away"));
    await(() -> isLetGo(elsewhere.resolve(".flafka")));
    new TestSpool(away).write("b", "2\n");
    Files.move(away, in);

    awaitLines("1", "2");
  }

  @Test
  void blamesNoFileForAnAbsentDirectory() throws Exception {
    Path in = spool("in");
    Path away = dir.resolve("away");
    new TestSpool(in).write("a", "1\n");
    channel.before(
        batch -> {
          try {
            Files.move(in, away);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    Path elsewhere = dir.resolve(".elsewhere");
    started("trackerDir", elsewhere.toString(), "spoolDir", in.toString());
    await(() -> Files.exists(away) && isLetGo(elsewhere.resolve(".flafka")));
    Files.move(away, in);

    await(() -> Files.exists(in.resolve("a.COMPLETED")));
    assertThat(channel.lines()).containsExactly("1");
    assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(BEAN, "EventReadFail"))
        .isEqualTo(0L);
  }

  private static boolean isLetGo(Path home) throws IOException {
    try {
      FolderLock.take(home).close();
      return true;
    } catch (FolderLock.HeldException held) {
      return false;
    }
  }

  private Path spool(String name) throws IOException {
    return Files.createDirectories(dir.resolve(name));
  }

  @Test
  void outlivesItsTrackersWhereTheyAreInTheDirectory() throws IOException {
    Path in = spool("in");
    started("spoolDir", in.toString());
    new TestSpool(in).write("a", "1\n");
    awaitLines("1");
    await(() -> Files.exists(in.resolve("a.COMPLETED")));

    Files.move(in, dir.resolve("away"));
    spool("in");
    new TestSpool(in).write("b", "2\n");

    awaitLines("1", "2");
    await(() -> Files.exists(in.resolve("b.COMPLETED")));
  }

  @Test
  void waitsWhileItsPositionsCanNotBeStored() throws IOException {
    started();
    Path inTheWay = spool.home().resolve(".trackers.tmp");
    Files.createDirectories(inTheWay.resolve("x"));
    spool.write("a", "1\n");
    await(() -> isLetGo(spool.home()));
    assertThat(channel.lines()).isEmpty();

    Files.delete(inTheWay.resolve("x"));
    Files.delete(inTheWay);
    awaitLines("1");
    awaitNames("a.COMPLETED");
  }

  @Test
  void repeatsNothingAfterAnOutageOfItsTrackers() throws IOException {
    spool.write("a", "1\n2\n3\n");
    Path inTheWay = spool.home().resolve(".trackers.tmp/x");
    CountDownLatch once = new CountDownLatch(1);
    channel.before(
        batch -> {
          if (channel.lines().size() == 1) {
            block(inTheWay);
            once.countDown();
          }
        });
    started("batchSize", "1");
    await(() -> once.getCount() == 0 && isLetGo(spool.home()));
    Files.delete(inTheWay);
    Files.delete(spool.home().resolve(".trackers.tmp"));

    awaitNames("a.COMPLETED");
    assertThat(channel.lines()).containsExactly("1", "2", "3");
  }

  /** Puts a directory where the trackers are written, as soon as they are not. */
  private static void block(Path inTheWay) {
    while (!Files.isDirectory(inTheWay)) {
      try {
        Files.createDirectories(inTheWay);
      } catch (IOException e) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void waitsLongerEachTimeForATroubleThatShowsOnlyInReading() throws IOException {
    spool.write("a", "1\n");
    CountDownLatch longPause = new CountDownLatch(1);
    AtomicLong last = new AtomicLong(System.nanoTime());
    TestChannel broken = new TestChannel(true);
    broken.beforeForgetting(
        () -> {
          long now = System.nanoTime();
          if (now - last.getAndSet(now) > TimeUnit.SECONDS.toNanos(1)) {
            longPause.countDown();
          }
          throw new IllegalStateException("not as agreed");
        });
    source(broken.processor(), "maxBackoff", "10000").start();

    await(() -> longPause.getCount() == 0);
  }

  @Test
  void failsVisiblyOnAnError() throws IOException {
    spool.write("a", "1\n");
    channel.before(
        batch -> {
          throw new OutOfMemoryError("in a test");
        });
    SpoolDirSource source = started();
    await(() -> source.getLifecycleState() == LifecycleState.ERROR);

    source.stop();
    channel.before(batch -> {});
    source.start();
    awaitLines("1");
  }

  /** Nothing is wrong with it until the end. */
  public static final class Unclosable implements EventDeserializer.Builder {
    @Override
    public EventDeserializer build(Context context, ResettableInputStream in) {
      EventDeserializer words = new Words.Builder().build(context, in);
      InvocationHandler failing =
          (proxy, method, arguments) -> {
            if (method.getName().equals("close")) {
              throw new IllegalStateException("closed already");
            }
            return method.invoke(words, arguments);
          };
      return (EventDeserializer)
          Proxy.newProxyInstance(
              getClass().getClassLoader(), new Class<?>[] {EventDeserializer.class}, failing);
    }
  }

  @Test
  void deliversAFileWhoseDeserializerFailsWhenItIsClosed() throws IOException {
    Path file = spool.write("a", "1 2");
    started("deserializer", Unclosable.class.getName(), "trackingPolicy", "tracker_dir");

    awaitLines("1", "2");
    await(() -> count("FilesDone") == 1 && spool.trackers().isEmpty());
    assertThat(file).exists();
    assertThat(count("FilesQuarantined")).isZero();
  }

  @Test
  void survivesAnInterceptorsBug() throws IOException {
    spool.write("a", "1\n");
    CountDownLatch twice = new CountDownLatch(2);
    channel.before(
        batch -> {
          if (twice.getCount() > 0) {
            twice.countDown();
            throw new IllegalStateException("bug");
          }
        });
    started();

    awaitLines("1");
  }

  @Test
  void saysWhatIsWrongWithItsDirectoryAndStartsOnceItIsThere() throws IOException {
    Path missing = dir.resolve("missing");
    SpoolDirSource source = source(channel.processor(), "spoolDir", missing.toString());

    assertThatThrownBy(source::start)
        .isInstanceOf(FlumeException.class)
        .hasMessageContaining("spoolDir = " + missing + " does not exist: create it");
    Files.writeString(missing, "");
    assertThatThrownBy(source::start).hasMessageContaining("is not a directory");
    Files.delete(missing);
    Files.createDirectory(missing);
    source.start();

    assertThat(source.getLifecycleState()).isEqualTo(LifecycleState.START);
  }

  @Test
  void refusesASecondSourceOnTheSameDirectory() {
    SpoolDirSource first = started();
    SpoolDirSource second = source(channel.processor());

    assertThatThrownBy(second::start).hasMessageContaining("in use by this agent itself");
    first.stop();
    second.start();
  }

  @Test
  void readsADirectoryThatItOnlyMarks() throws IOException {
    Path trackers = dir.resolve(".trackers");
    started("trackingPolicy", "tracker_dir", "trackerDir", trackers.toString());
    spool.write("a", "1\n");

    await(() -> Files.exists(trackers.resolve("a.COMPLETED")));
    awaitLines("1");
    assertThat(spool.names()).containsExactly("a");
  }

  @Test
  void stopsThoughTheChannelStaysFull() throws IOException {
    spool.write("a", "1\n");
    CountDownLatch tried = new CountDownLatch(1);
    channel.before(
        batch -> {
          tried.countDown();
          throw new ChannelException("full");
        });
    SpoolDirSource source = started("maxBackoff", "3600000");
    await(() -> tried.getCount() == 0);

    source.stop();

    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("spooldir-r1"));
  }

  @Test
  void readsRetiresAndStopsAtOnceThoughItLooksSeldom() throws IOException {
    SpoolDirSource source = started("pollDelay", "3600000");
    spool.write("a", "1\n", 1);
    awaitLines("1");
    await(() -> Files.exists(dir.resolve("a.COMPLETED")));
    // It would give a thread that waits on ten seconds.
    assertTimeout(Duration.ofSeconds(5), source::stop);
  }

  private static void put(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void putsAFileThatShrankIntoQuarantine() throws IOException {
    Path file = spool.write("a", "1\n2\n3\n");
    channel.before(batch -> put(file, "1\n"));
    started();

    await(() -> Files.exists(dir.resolve(".flumespool/quarantine/a.report")));
    await(() -> spool.trackers().isEmpty());
    assertThat(channel.lines()).containsExactly("1", "2", "3");
    assertThat(spool.names()).isEmpty();
  }

  @Test
  void putsAFileIntoQuarantineThatChangedWhileNobodyRead() throws IOException {
    Path file = spool.write("a", "1\n2\n3\n");
    CountDownLatch second = new CountDownLatch(2);
    channel.before(
        batch -> {
          second.countDown();
          if (second.getCount() == 0) {
            throw new ChannelException("full");
          }
        });
    SpoolDirSource source = started("batchSize", "1", "quarantineDir", "bad");
    await(() -> second.getCount() == 0);
    source.stop();
    append(file, "4\n");
    channel.before(batch -> {});
    source.start();

    await(() -> Files.exists(dir.resolve("bad/a")));
    assertThat(channel.lines()).containsExactly("1");
    assertThat(dir.resolve("bad/a.report"))
        .content()
        .contains("since its reading began", "delivered  bytes [0, 2)\n");
  }

  private static String gzip(String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content.getBytes(ISO_8859_1));
    }
    return bytes.toString(ISO_8859_1);
  }

  @Test
  void takesNoOffsetInWhatWasDecompressedForOneInTheFile() throws IOException {
    spool.write("a.gz", gzip("1\n2\n3\n"));
    channel.before(batch -> refuse(channel.lines().size() == 1));
    SpoolDirSource source = started("batchSize", "1");
    await(() -> channel.lines().size() == 1 && count("ChannelWriteFail") > 0);
    source.stop();
    channel.before(batch -> {});

    started("decompress", "none");
    await(() -> Files.exists(dir.resolve(".flumespool/quarantine/a.gz")));
    assertThat(channel.lines()).containsExactly("1");
    assertThat(dir.resolve(".flumespool/quarantine/a.gz.report"))
        .content()
        .contains("another decompress", "delivered  decompressed bytes [0, 2)");
  }

  @Test
  void countsAnewInAFileOfWhichNothingWasAcceptedBefore() throws IOException {
    spool.write("a.gz", gzip("1\n2\n3\n"));
    channel.before(batch -> refuse(true));
    SpoolDirSource source = started("decompress", "none");
    await(() -> count("ChannelWriteFail") > 0);
    source.stop();

    channel.before(batch -> refuse(channel.lines().size() == 1));
    started("batchSize", "1");
    await(() -> channel.lines().size() == 1);
    await(() -> spool.trackers().toString().contains(" reading 2 LINE/decompressed "));
    channel.before(batch -> {});
    awaitLines("1", "2", "3");
  }

  private static void refuse(boolean now) {
    if (now) {
      throw new ChannelException("full");
    }
  }

  @Test
  void readsTheFileThatReplacedOne() throws IOException {
    Path file = spool.write("a", "1\n");
    CountDownLatch once = new CountDownLatch(1);
    channel.before(
        batch -> {
          if (once.getCount() == 1) {
            once.countDown();
            try {
              spool.write("a", "2\n");
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          }
        });
    started();

    awaitLines("1", "2");
    awaitNames("a.COMPLETED");
    assertThat(file).doesNotExist();
  }

  @Test
  void deliversAFileOnlyOnceThoughItCannotBeRetired() throws IOException {
    Path file = spool.write("a", "1\n");
    Path archive = Files.writeString(dir.resolve(".archive"), "in the way");
    SpoolDirSource source = started("trackingPolicy", "archive", "archiveDir", archive.toString());
    awaitLines("1");
    await(() -> count("EventReadFail") == 1);
    source.stop();
    source.start();
    await(() -> count("EventReadFail") == 1);
    assertThat(file).exists();

    Files.delete(archive);
    await(() -> !Files.exists(file));
    await(() -> spool.trackers().isEmpty());
    assertThat(channel.lines()).containsExactly("1");
    assertThat(count("EventReadFail")).isEqualTo(1);
    assertThat(archive).isDirectoryRecursivelyContaining("glob:**/a");
  }

  @Test
  void losesNotTheLineThatWasRefusedWhenItsFileIsReadOn() throws IOException {
    spool.write("a", "1\n\u00e9\n3\n");
    Path quarantine = Files.writeString(dir.resolve(".quarantine"), "in the way");
    started("inputCharset", "UTF-8", "quarantineDir", quarantine.toString());
    awaitLines("1");
    await(() -> count("EventReadFail") == 1);
    sources.get(0).stop();

    started("inputCharset", "UTF-8", "decodeErrorPolicy", "IGNORE");
    awaitLines("1", "", "3");
  }

  private static long count(String attribute) throws IOException {
    try {
      return (Long) ManagementFactory.getPlatformMBeanServer().getAttribute(BEAN, attribute);
    } catch (JMException e) {
      throw new IOException(e);
    }
  }

  @Test
  void goesOnWhereStockFlumeStopped() throws IOException {
    Path file = spool.write("a", "1\n22\n333\n");
    Path trackers = Files.createDirectories(dir.resolve(".flumespool"));
    File note = trackers.resolve(".flumespool-main.meta").toFile();
    // Stock spells the name as its configuration does.
    try (PositionTracker stock =
        DurablePositionTracker.getInstance(
            note, dir.resolve("../" + dir.getFileName() + "/a").toString())) {
      stock.storePosition(2);
      stock.storePosition(5);
    }
    started();

    awaitLines("333");
    await(() -> !Files.exists(file));
    assertThat(note).doesNotExist();
    assertThat(trackers.resolve(".flumespool-main.meta.taken-over")).exists();
  }

  private void leaveStocksNote(Path file, long offset) throws IOException {
    Path trackers = Files.createDirectories(dir.resolve(".flumespool"));
    File note = trackers.resolve(".flumespool-main.meta").toFile();
    try (PositionTracker stock = DurablePositionTracker.getInstance(note, file.toString())) {
      stock.storePosition(offset);
    }
  }

  /** Stock counts bytes, whatever the deserializer. */
  @Test
  void goesOnWhereStockFlumeStoppedWithAnotherDeserializer() throws IOException {
    leaveStocksNote(spool.write("a", "one two three four"), 8);
    started("deserializer", Words.Builder.class.getName());

    awaitLines("three", "four");
  }

  @Test
  void readsAFileFromItsBeginningWhereStocksOffsetLeadsNowhere() throws IOException {
    leaveStocksNote(spool.write("a", "not Avro"), 5);
    started("deserializer", "AVRO");
    spool.write("b", "no more is this", 2);

    await(() -> count("FilesQuarantined") == 2);
    assertThat(dir.resolve(".flumespool/quarantine/a.report")).content().contains("events [0, 0)");
  }

  @Test
  void countsLinesThatAreOdd() throws IOException {
    spool.write("a", "\u00e9\n12345678901\n");
    started(
        "inputCharset",
        "UTF-8",
        "decodeErrorPolicy",
        "IGNORE",
        "deserializer.maxLineLength",
        "10",
        "overlong",
        "truncate");

    awaitLines("", "1234567890");
    assertThat(count("MalformedLines")).isEqualTo(1);
    assertThat(count("OverlongLines")).isEqualTo(1);
  }

  @Test
  void saysThatStocksNoteIsBroken() throws IOException {
    Path trackers = Files.createDirectories(dir.resolve(".flumespool"));
    Files.writeString(trackers.resolve(".flumespool-main.meta"), "");
    SpoolDirSource source = started();
    source.stop();

    Files.writeString(trackers.resolve(".flumespool-main.meta"), "Obj");
    assertThatThrownBy(source::start)
        .isInstanceOf(FlumeException.class)
        .hasMessageContaining("Delete .flumespool-main.meta");
  }

  @Test
  void takesTheMarkerAwayWithItsFile() throws IOException {
    spool.write("a", "1\n");
    spool.write("a.done", "");
    spool.write("b", "2\n");
    started("doneSuffix", ".done");

    awaitNames("a.COMPLETED", "b");
    assertThat(channel.lines()).containsExactly("1");
  }

  @Test
  void asksItsChannelUntilItCanTell() throws IOException {
    TestChannel keeping = new TestChannel(true);
    spool.write("a", "1\n2\n");
    CountDownLatch second = new CountDownLatch(2);
    keeping.before(
        batch -> {
          second.countDown();
          if (second.getCount() == 0) {
            throw new ChannelException("gone");
          }
        });
    SpoolDirSource source = source(keeping.processor(), "batchSize", "1");
    source.start();
    await(() -> second.getCount() == 0);
    source.stop();
    keeping.before(batch -> {});
    keeping.mute(true);
    source.start();
    await(() -> keeping.refusals() > 2);
    assertThat(keeping.lines()).containsExactly("1");

    keeping.mute(false);
    await(() -> keeping.lines().size() == 2);
    assertThat(keeping.lines()).containsExactly("1", "2");
    await(() -> keeping.forgotten().size() == 1);
  }

  @Test
  void showsWhatItDoes() throws Exception {
    spool.write("a", "1\n", 1);
    spool.write("b", "22\n22\n", 2);
    CountDownLatch go = new CountDownLatch(1);
    channel.before(
        batch -> {
          if (channel.lines().size() == 2) {
            try {
              go.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          }
        });
    started("batchSize", "1");
    await(() -> count("FilesDone") == 1 && channel.lines().size() == 2);
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    await(() -> count("BytesRead") >= 2);
    assertThat(count("FilesInProgress")).isEqualTo(1);
    assertThat((String) server.getAttribute(BEAN, "Progress")).matches("b=\\d+%");
    assertThat((String) server.getAttribute(BEAN, "SecondsSinceLastEvent")).matches("b=\\d+");
    go.countDown();

    await(() -> count("FilesDone") == 2);
    assertThat(count("BytesRead")).isEqualTo(8);
    assertThat(count("FilesInProgress")).isZero();
    assertThat(count("FilesWaiting")).isZero();
  }

  @Test
  void reportsTheBatchSizeThatStockFlumeHas() {
    assertThat(source(channel.processor()).getBatchSize()).isEqualTo(100);
    assertThat(source(channel.processor(), "batchSize", "7").getBatchSize()).isEqualTo(7);
  }
}
