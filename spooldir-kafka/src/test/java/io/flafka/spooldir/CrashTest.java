package io.flafka.spooldir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.delivery.PositionedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.flume.ChannelSelector;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.ReplicatingChannelSelector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is left when the process dies: before each batch is accepted, and after. The disk is kept as
 * it is at that moment, by a second name for each file, so that it is the same file for the source;
 * then another source goes on from there.
 *
 * <p>The trackers are kept before the files. What is done to the files in between has then been
 * done before the trackers could be stored, which a crash, too, may bring about.
 */
class CrashTest {
  @TempDir Path dir;
  private int directories;

  /** What a dead process leaves behind. */
  private record Remains(Path spoolDir, TestChannel channel) {}

  private TestSpool spool() throws IOException {
    return new TestSpool(Files.createDirectories(dir.resolve("spool" + directories++)));
  }

  private SpoolDirSource start(Path spoolDir, ChannelProcessor channels, String... keysAndValues) {
    SpoolDirSource source = new SpoolDirSource();
    source.setName("r1");
    source.setChannelProcessor(channels);
    Map<String, String> keys = new HashMap<>();
    keys.put("spoolDir", spoolDir.toString());
    keys.put("pollDelay", "5");
    keys.put("maxBackoff", "5");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      keys.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    source.configure(new Context(keys));
    source.start();
    return source;
  }

  /** Reads all there is, and keeps what each crash would have left. */
  private List<Remains> crashes(TestSpool spool, TestChannel channel, String... keysAndValues)
      throws IOException {
    List<Remains> remains = new ArrayList<>();
    channel.before(batch -> remains.add(keep(spool.dir(), channel)));
    channel.after(() -> remains.add(keep(spool.dir(), channel)));
    run(spool.dir(), channel, keysAndValues);
    return remains;
  }

  private void run(Path spoolDir, TestChannel channel, String... keysAndValues) throws IOException {
    run(spoolDir, channel.processor(), keysAndValues);
  }

  private void run(Path spoolDir, ChannelProcessor channels, String... keysAndValues)
      throws IOException {
    SpoolDirSource source = start(spoolDir, channels, keysAndValues);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!isRetired(spoolDir)) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    source.stop();
  }

  private static boolean isRetired(Path spoolDir) throws IOException {
    return new TestSpool(spoolDir).names().stream().allMatch(name -> name.endsWith(".COMPLETED"));
  }

  private Remains keep(Path spoolDir, TestChannel channel) {
    try {
      Path kept = spool().dir();
      Path trackers = new TestSpool(kept).home();
      Files.createDirectories(trackers);
      Files.createLink(
          trackers.resolve("trackers"), new TestSpool(spoolDir).home().resolve("trackers"));
      try (Stream<Path> files = Files.list(spoolDir)) {
        for (Path file : files.filter(Files::isRegularFile).collect(Collectors.toList())) {
          link(file, kept);
        }
      }
      return new Remains(kept, channel.copy());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void link(Path file, Path kept) throws IOException {
    try {
      Files.createLink(kept.resolve(file.getFileName()), file);
    } catch (NoSuchFileException retired) {
      // It was delivered, and the trackers that were kept before it allow for that.
    }
  }

  private static String numbered(String prefix, int lines) {
    return IntStream.range(0, lines).mapToObj(i -> prefix + i + "\n").collect(Collectors.joining());
  }

  /** The lines of each file, in the order in which they were accepted. */
  private static Map<String, List<String>> byFile(TestChannel channel) {
    Map<String, List<String>> lines = new TreeMap<>();
    for (Event event : channel.events()) {
      String line = new String(event.getBody(), ISO_8859_1);
      lines.computeIfAbsent(line.substring(0, 1), file -> new ArrayList<>()).add(line);
    }
    return lines;
  }

  private static Map<String, List<String>> expected(Map<String, String> contents) {
    Map<String, List<String>> lines = new TreeMap<>();
    contents.forEach((file, content) -> lines.put(file, content.lines().toList()));
    return lines;
  }

  private static final Map<String, String> CONTENTS =
      Map.of("a", numbered("a", 23), "b", numbered("b", 1), "c", numbered("c", 40));

  private TestSpool filled() throws IOException {
    TestSpool spool = spool();
    for (Map.Entry<String, String> file : CONTENTS.entrySet()) {
      spool.write(file.getKey(), file.getValue());
    }
    return spool;
  }

  @Test
  void deliversOnceAndOnlyOnceToAChannelThatKeepsPositions() throws IOException {
    List<Remains> crashes = crashes(filled(), new TestChannel(true), "batchSize", "7");
    assertThat(crashes).hasSizeGreaterThan(18);

    for (Remains crash : crashes) {
      run(crash.spoolDir(), crash.channel(), "batchSize", "4");

      assertThat(byFile(crash.channel())).isEqualTo(expected(CONTENTS));
      assertThat(crash.channel().forgotten()).containsAll(streams(crash.channel()));
    }
  }

  @Test
  void deliversOnceAndOnlyOnceWithSeveralReaders() throws IOException {
    String[] keys = {"batchSize", "3", "readers", "3"};
    TestSpool spool = filled();
    TestChannel channel = new TestChannel(true);
    channel.before(batch -> {});
    run(spool.dir(), channel, keys);

    assertThat(byFile(channel)).isEqualTo(expected(CONTENTS));
  }

  @Test
  void losesNothingAndKeepsTheOrderWithAnyChannel() throws IOException {
    List<Remains> crashes = crashes(filled(), new TestChannel(), "batchSize", "7");

    for (Remains crash : crashes) {
      run(crash.spoolDir(), crash.channel(), "batchSize", "4");

      Map<String, List<String>> lines = byFile(crash.channel());
      lines.replaceAll((file, all) -> all.stream().distinct().collect(Collectors.toList()));
      assertThat(lines).isEqualTo(expected(CONTENTS));
    }
  }

  @Test
  void deliversAnEmptyFilesEventOnce() throws IOException {
    TestSpool spool = spool();
    spool.write("a", "");
    List<Remains> crashes = crashes(spool, new TestChannel(true));
    assertThat(crashes).hasSize(2);

    for (Remains crash : crashes) {
      run(crash.spoolDir(), crash.channel());

      assertThat(crash.channel().lines()).containsExactly("");
    }
  }

  @Test
  void deliversALastLineWithoutNewlineOnce() throws IOException {
    TestSpool spool = spool();
    spool.write("a", "a1\r\na2");

    for (Remains crash : crashes(spool, new TestChannel(true), "batchSize", "1")) {
      run(crash.spoolDir(), crash.channel());

      assertThat(crash.channel().lines()).containsExactly("a1\r", "a2");
    }
  }

  @Test
  void deliversFilesOfTheSameContentEachOnce() throws IOException {
    TestSpool spool = spool();
    String content = numbered("a", 10);
    for (String name : List.of("a", "b", "c")) {
      spool.write(name, content, 1);
    }
    spool.write("d", content + "a10\n", 1);

    for (Remains crash : crashes(spool, new TestChannel(true), "batchSize", "7")) {
      run(crash.spoolDir(), crash.channel());

      Map<String, List<String>> lines = new HashMap<>();
      for (Event event : crash.channel().events()) {
        lines
            .computeIfAbsent(((PositionedEvent) event).position().stream(), s -> new ArrayList<>())
            .add(new String(event.getBody(), ISO_8859_1));
      }
      List<String> same = content.lines().toList();
      List<String> longer = (content + "a10").lines().toList();
      assertThat(lines.values()).containsExactlyInAnyOrder(same, same, same, longer);
    }
  }

  @Test
  void deliversACompressedFileOnce() throws IOException {
    TestSpool spool = spool();
    String content = numbered("a", 50);
    spool.write("a.gz", gzip(content.substring(0, 100)) + gzip(content.substring(100)));
    List<Remains> crashes = crashes(spool, new TestChannel(true), "batchSize", "7");
    assertThat(crashes).hasSizeGreaterThan(14);

    for (Remains crash : crashes) {
      run(crash.spoolDir(), crash.channel(), "batchSize", "4");

      assertThat(crash.channel().lines()).containsExactlyElementsOf(content.lines().toList());
    }
  }

  /** Its bytes, a character each. */
  private static String gzip(String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(content.getBytes(ISO_8859_1));
    }
    return bytes.toString(ISO_8859_1);
  }

  @Test
  void givesTheSameFileDroppedAgainAnotherStream() throws IOException {
    TestSpool spool = spool();
    TestChannel channel = new TestChannel(true);
    spool.write("a", "a1\n", 1);
    run(spool.dir(), channel);
    spool.write("a", "a1\n", 1);
    run(spool.dir(), channel);

    assertThat(channel.lines()).containsExactly("a1", "a1");
    assertThat(streams(channel)).hasSize(2);
    assertThat(spool.names()).containsExactly("a.1.COMPLETED", "a.COMPLETED");
  }

  private static List<String> streams(TestChannel channel) {
    return channel.events().stream()
        .map(event -> ((PositionedEvent) event).position().stream())
        .distinct()
        .collect(Collectors.toList());
  }

  @Test
  void storesTheStreamBeforeTheFirstEvent() throws IOException {
    for (Remains crash : crashes(filled(), new TestChannel(), "batchSize", "100000")) {
      List<String> known = new ArrayList<>();
      for (String tracker : new TestSpool(crash.spoolDir()).trackers()) {
        known.add(tracker.substring(0, tracker.indexOf(' ')));
      }
      assertThat(new HashSet<>(known)).containsAll(streams(crash.channel()));
    }
  }

  @Test
  void goesOnWhereTheChannelSaysThoughThePositionIsOlder() throws IOException {
    TestSpool spool = spool();
    spool.write("a", numbered("a", 1000));
    List<Remains> crashes = crashes(spool, new TestChannel(true), "batchSize", "100");
    Remains last = crashes.get(crashes.size() - 1);
    List<Event> again = new ArrayList<>();
    last.channel().before(again::addAll);

    run(last.spoolDir(), last.channel());

    assertThat(again).isEmpty();
  }

  /** A selector that sends some lines to the one channel, and the others to the other. */
  private static ChannelProcessor routing(TestChannel some, TestChannel others, Runnable between) {
    ChannelSelector selector = new ReplicatingChannelSelector();
    selector.setChannels(List.of(some, others));
    return new ChannelProcessor(selector) {
      @Override
      public void processEventBatch(List<Event> batch) {
        Map<Boolean, List<Event>> parts =
            batch.stream().collect(Collectors.partitioningBy(CrashTest::isForTheFirst));
        between.run();
        some.accept(parts.getOrDefault(true, List.of()));
        between.run();
        others.accept(parts.getOrDefault(false, List.of()));
        between.run();
      }
    };
  }

  /** So that whole batches go one way. */
  private static boolean isForTheFirst(Event event) {
    String line = new String(event.getBody(), ISO_8859_1);
    return Integer.parseInt(line.substring(1)) % 17 < 9;
  }

  @Test
  void deliversOnceAndOnlyOnceToEachOfTwoChannelsThatShareAStream() throws IOException {
    record Two(Path spoolDir, TestChannel some, TestChannel others) {}
    TestSpool spool = filled();
    TestChannel some = new TestChannel(true);
    TestChannel others = new TestChannel(true);
    List<Two> crashes = new ArrayList<>();
    run(
        spool.dir(),
        routing(
            some,
            others,
            () ->
                crashes.add(
                    new Two(keep(spool.dir(), some).spoolDir(), some.copy(), others.copy()))),
        "batchSize",
        "4");

    for (Two crash : crashes) {
      run(crash.spoolDir(), routing(crash.some(), crash.others(), () -> {}), "batchSize", "3");

      List<String> lines = new ArrayList<>(crash.some().lines());
      lines.addAll(crash.others().lines());
      assertThat(lines)
          .containsExactlyInAnyOrderElementsOf(
              CONTENTS.values().stream().flatMap(String::lines).toList());
      assertThat(crash.others().events()).noneMatch(CrashTest::isForTheFirst);
    }
  }
}
