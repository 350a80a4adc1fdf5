package io.flafka.spooldir.stock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two spooling directories with the same files, of which stock's source reads one and ours the
 * other, with the same keys.
 *
 * <p>In keys, {@code DIR} is the folder that a side has for itself; its spooling directory is
 * {@code DIR/spool}.
 */
final class SideBySide {
  private static final int ROOM = 100_000;
  private static final long FIRST = 1_000_000_000;
  private static final String SUFFIX = ".COMPLETED";

  private final Path folder;
  private final Map<String, String> keys =
      new TreeMap<>(
          Map.of("spoolDir", "DIR/spool", "pollDelay", "5", "maxBackoff", "20", "batchSize", "7"));
  private final List<String> wanted = new ArrayList<>();
  private int capacity = ROOM;

  /** What a source has made of its directory. */
  record Outcome(List<Seen> events, List<String> files) {
    List<String> bodies() {
      return events.stream().map(Seen::body).collect(Collectors.toList());
    }
  }

  SideBySide(Path folder) throws IOException {
    this.folder = folder;
    for (Side side : Side.values()) {
      Files.createDirectories(spool(side));
    }
  }

  SideBySide with(String... keysAndValues) {
    for (int i = 0; i < keysAndValues.length; i += 2) {
      keys.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return this;
  }

  /** Lets the channels hold no more than so many events. */
  SideBySide withRoomFor(int events) {
    capacity = events;
    return this;
  }

  /** Adds a file that is to be read; each is a second younger than the one before. */
  SideBySide file(String name, byte[] content) throws IOException {
    wanted.add(name);
    return write(name, content, FIRST + wanted.size());
  }

  SideBySide file(String name, String content) throws IOException {
    return file(name, content.getBytes(UTF_8));
  }

  /** Adds a file that nobody is to read. Whoever did would read it first. */
  SideBySide passedOver(String name, byte[] content) throws IOException {
    return write(name, content, 1);
  }

  private SideBySide write(String name, byte[] content, long second) throws IOException {
    for (Side side : Side.values()) {
      Path file = spool(side).resolve(name);
      Files.createDirectories(file.resolveSibling("."));
      Files.write(file, content);
      Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1000));
    }
    return this;
  }

  /** Changes the time of a file. */
  SideBySide modified(String name, FileTime time) throws IOException {
    for (Side side : Side.values()) {
      Files.setLastModifiedTime(spool(side).resolve(name), time);
    }
    return this;
  }

  Path folder(Side side) {
    return folder.resolve(side.lowerCase());
  }

  Path spool(Side side) {
    return folder(side).resolve("spool");
  }

  /** Lets a source of one side read its own directory until all files are retired. */
  Outcome read(Side side) throws IOException {
    return read(side, side);
  }

  /** Lets a source read the directory of a side until all files are retired. */
  Outcome read(Side reader, Side directory) throws IOException {
    List<Seen> events;
    try (Reading reading = start(reader, directory)) {
      reading.await("all is retired", () -> reading.drain().isDead() || isDone(directory));
      assertThat(reading.isDead()).as("%s is dead", reader).isFalse();
      events = reading.events();
    }
    return new Outcome(events, files(directory));
  }

  /** Lets stock's source read its directory until that kills it. */
  Outcome readToDeath() throws IOException {
    List<Seen> events;
    try (Reading reading = start(Side.STOCK, Side.STOCK)) {
      reading.await("stock is dead", () -> reading.drain().isDead());
      events = reading.events();
    }
    return new Outcome(events, files(Side.STOCK));
  }

  /** Lets stock's source meet a full channel, and then read on as far as it can. */
  Outcome readThroughAFullChannel() throws IOException {
    List<Seen> events;
    try (Reading reading = start(Side.STOCK, Side.STOCK)) {
      reading.await("the channel is full", reading::isHeldUp);
      reading.await("no more comes", () -> reading.drain().isDead() || isDone(Side.STOCK));
      events = reading.events();
    }
    return new Outcome(events, files(Side.STOCK));
  }

  /** Starts a source on the directory of a side. */
  Reading start(Side reader, Side directory) {
    Map<String, String> all = new TreeMap<>();
    keys.forEach((key, value) -> all.put(key, value.replace("DIR", folder(directory).toString())));
    return Reading.start(reader, folder(directory), all, capacity);
  }

  /** Asserts that both give the same events and leave the same files; returns which. */
  Outcome assertSame() throws IOException {
    Outcome stock = read(Side.STOCK);
    Outcome ours = read(Side.OURS);
    assertSame(ours.events(), stock.events());
    assertThat(ours.files()).isEqualTo(stock.files());
    return ours;
  }

  /** Of lists that may be long, shows the first difference. */
  private static void assertSame(List<Seen> ours, List<Seen> stock) {
    int both = Math.min(ours.size(), stock.size());
    for (int i = 0; i < both; i++) {
      assertThat(ours.get(i)).as("event %d", i).isEqualTo(stock.get(i));
    }
    assertThat(ours.subList(both, ours.size())).as("more of ours").isEmpty();
    assertThat(stock.subList(both, stock.size())).as("more of stock's").isEmpty();
  }

  private boolean isDone(Side side) {
    return wanted.stream().noneMatch(name -> isWaiting(side, name));
  }

  private boolean isWaiting(Side side, String name) {
    String marker = name + keys.getOrDefault("fileSuffix", SUFFIX);
    return Files.exists(spool(side).resolve(name))
        && !Files.exists(trackerDir(side).resolve(marker));
  }

  private Path trackerDir(Side side) {
    String directory = keys.getOrDefault("trackerDir", ".flumespool");
    return spool(side).resolve(directory.replace("DIR", folder(side).toString()));
  }

  /** All files of a side, but for what each keeps for itself. */
  List<String> files(Side side) throws IOException {
    try (Stream<Path> files = Files.walk(folder(side))) {
      return files
          .filter(file -> !Files.isDirectory(file))
          .map(file -> folder(side).relativize(file).toString())
          .filter(file -> !file.contains("/.flafka/"))
          .filter(file -> !file.contains("/.flumespool-main.meta"))
          .sorted()
          .collect(Collectors.toList());
    }
  }
}
