package io.flafka.spooldir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.WRITE;

import io.flafka.config.Settings;
import io.flafka.spooldir.disk.FileIdentity;
import io.flafka.spooldir.disk.FileState;
import io.flafka.spooldir.find.SpoolFile;
import io.flafka.spooldir.retire.Retirement;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flume.ChannelException;
import org.apache.flume.Context;

/**
 * A source, and somebody who does with its files what should and what should not be done. It notes
 * all of it, so that what was delivered can be checked.
 *
 * <p>A crash is a copy of the disk and of the channel, at a moment when the channel accepts
 * nothing; another source goes on from there. Files have a second name in the copy, so that they
 * stay the same files.
 */
final class SpoolScenario implements AutoCloseable {
  private static final List<String> NAMES = List.of("a.log", "b.log", "c.log", "d.log", "e.log");
  private static final List<List<String>> POLICIES =
      List.of(
          List.of("trackingPolicy", "rename"),
          List.of("trackingPolicy", "tracker_dir"),
          List.of("trackingPolicy", "archive", "archiveDir", ".archive"),
          List.of("deletePolicy", "immediate"));

  /** A file that somebody else is writing, and the lock of a process that is dead. */
  private static final Set<String> NOT_KEPT = Set.of(".unfinished", "lock");

  private static final String HOME = ".flumespool/.flafka";

  private final Path folder;
  private final String name;
  private final Random random;
  private final Map<String, String> keys = new HashMap<>();
  private final List<Dropped> dropped = new ArrayList<>();
  private final Map<String, Dropped> lying = new HashMap<>();
  private final List<String> journal = new ArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final boolean keepsPositions;
  private TestSpool spool;
  private TestChannel channel;
  private SpoolDirSource source;
  private int emptyFiles;
  private int crashes;

  SpoolScenario(Path folder, long seed) throws IOException {
    this.folder = folder;
    this.name = "seed " + seed;
    this.random = new Random(seed);
    List<String> policy = pick(POLICIES);
    for (int i = 0; i < policy.size(); i += 2) {
      keys.put(policy.get(i), policy.get(i + 1));
    }
    keys.put("readers", pick(List.of("1", "1", "2", "4")));
    keys.put("batchSize", pick(List.of("1", "3", "20", "1000")));
    keys.put("consumeOrder", pick(List.of("oldest", "youngest", "random")));
    keys.put("pollDelay", "5");
    keys.put("maxBackoff", "5");
    keys.put("basenameHeader", "true");
    keepsPositions = random.nextBoolean();
    channel = new TestChannel(keepsPositions);
    spool = new TestSpool(Files.createDirectories(folder.resolve("0")));
    source = start();
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private SpoolDirSource start() {
    channel.before(
        batch -> {
          if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new ChannelException("no");
          }
        });
    SpoolDirSource started = new SpoolDirSource();
    started.setName(name);
    started.setChannelProcessor(channel.processor());
    keys.put("spoolDir", spool.dir().toString());
    started.configure(new Context(keys));
    started.start();
    return started;
  }

  /** Does anything. */
  void act() throws IOException {
    int chance = random.nextInt(100);
    if (chance < 55) {
      drop(pick(NAMES));
    } else if (chance < 72) {
      disturb();
    } else if (chance < 80) {
      refuse();
    } else if (chance < 90) {
      pause();
    } else if (chance < 93) {
      log("restart");
      source.stop();
      source = start();
    } else if (chance < 98) {
      crash();
    } else {
      chmod(pick(NAMES));
    }
  }

  private void log(String what) {
    journal.add(what);
  }

  private void pause() {
    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(60_000)));
  }

  /** By mv: the file that lies there, if one does, is gone. */
  private void drop(String as) throws IOException {
    if (random.nextInt(15) == 0) {
      String unique = "empty-" + emptyFiles++;
      log("drop %s".formatted(unique));
      spool.write(unique, "");
      return;
    }
    int number = dropped.size();
    String content = Dropped.content(number, random);
    Path unfinished = Files.writeString(spool.dir().resolve(".unfinished"), content, ISO_8859_1);
    long inode = FileState.of(unfinished).identity().inode();
    Dropped former = lying.get(as);
    if (former != null && Files.exists(spool.dir().resolve(as))) {
      boolean delivered = isDelivered(former);
      if (keys.containsKey("deletePolicy") || !(delivered || random.nextInt(4) == 0)) {
        Files.delete(unfinished);
        return;
      }
      if (!delivered) {
        former.remove();
      }
    }
    // Another name keeps the file's number from being given to another file.
    Files.createLink(
        Files.createDirectories(folder.resolve("kept")).resolve("" + number), unfinished);
    Files.move(unfinished, spool.dir().resolve(as), REPLACE_EXISTING);
    Dropped file = new Dropped(number, as, inode, content);
    dropped.add(file);
    lying.put(as, file);
    log(
        "drop %s%s"
            .formatted(
                file, former != null && former.isRemoved() ? " over " + former.number() : ""));
  }

  private boolean isDelivered(Dropped file) {
    return file.isAll(lines(file));
  }

  /** Not in a directory whose files stay: there, a file that was changed is another one. */
  private void disturb() throws IOException {
    Dropped file = lying.get(pick(NAMES));
    if (file == null || file.isChanged() || file.isRemoved()) {
      return;
    }
    Path path = spool.dir().resolve(file.name());
    if (!Files.exists(path)) {
      return;
    }
    boolean stays = "tracker_dir".equals(keys.get("trackingPolicy"));
    try {
      switch (stays ? 0 : random.nextInt(4)) {
        case 0 -> {
          if (!isDelivered(file)) {
            file.remove();
          }
          Files.delete(path);
          log("delete %s".formatted(file));
        }
        case 1 -> {
          String more = "%04d more\n".formatted(file.number());
          file.changed(file.content() + more);
          Files.writeString(path, more, ISO_8859_1, APPEND);
          log("grow %s".formatted(file));
        }
        case 2 -> {
          int cut = file.cut(random);
          file.changed(file.content().substring(0, cut));
          try (FileChannel open = FileChannel.open(path, WRITE)) {
            open.truncate(cut);
          }
          log("truncate %s".formatted(file));
        }
        default -> {
          file.changed(file.content());
          Files.setLastModifiedTime(path, FileTime.fromMillis(random.nextInt(1 << 30)));
          log("touch %s".formatted(file));
        }
      }
    } catch (NoSuchFileException retired) {
      log("too late for %s".formatted(file));
    }
  }

  private void refuse() {
    boolean mute = random.nextBoolean();
    channel.mute(mute);
    refusals.set(random.nextInt(20));
    log("refuse %s, %smute".formatted(refusals, mute ? "" : "not "));
  }

  private void chmod(String file) throws IOException {
    try {
      Files.setPosixFilePermissions(
          spool.dir().resolve(file), PosixFilePermissions.fromString("rw-r-----"));
      log("chmod %s".formatted(file));
    } catch (NoSuchFileException none) {
      // Then nothing.
    }
  }

  private void crash() throws IOException {
    SpoolDirSource dead = source;
    TestChannel frozen = channel;
    TestSpool kept;
    synchronized (frozen) {
      FileIdentity before;
      do {
        before = trackers();
        kept = keep();
        // Else what was done after another file was begun would have come before it.
      } while (!before.equals(trackers()));
      channel = frozen.copy();
    }
    refusals.set(0);
    dead.stop();
    spool = kept;
    source = start();
    log("crash %s".formatted(crashes));
  }

  private FileIdentity trackers() throws IOException {
    Path trackers = spool.home().resolve("trackers");
    return (Files.exists(trackers) ? FileState.of(trackers) : FileState.NOTHING).identity();
  }

  private TestSpool keep() throws IOException {
    TestSpool kept = new TestSpool(folder.resolve("" + ++crashes));
    Files.createDirectories(kept.dir().resolve(HOME));
    link(HOME, kept.dir());
    link("", kept.dir());
    copyMarkers(kept.dir());
    link(".flumespool/quarantine", kept.dir());
    return kept;
  }

  private void link(String below, Path to) throws IOException {
    for (Path file : files(spool.dir().resolve(below))) {
      try {
        Files.createDirectories(to.resolve(below));
        Files.createLink(to.resolve(below).resolve(file.getFileName()), file);
      } catch (NoSuchFileException renamed) {
        // Then it is not there, as after a crash.
      } catch (FileAlreadyExistsException e) {
        throw new AssertionError(e);
      }
    }
  }

  private void copyMarkers(Path to) throws IOException {
    for (Path marker : files(spool.dir().resolve(".flumespool"))) {
      Files.copy(marker, to.resolve(".flumespool").resolve(marker.getFileName()), COPY_ATTRIBUTES);
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> isKept(file.getFileName().toString()))
          .collect(Collectors.toList());
    }
  }

  private static boolean isKept(String name) {
    return !NOT_KEPT.contains(name) && !name.endsWith(".tmp");
  }

  /** Waits until the source has nothing left to do. */
  void finish() throws IOException {
    refusals.set(0);
    channel.mute(false);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!isIdle()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "it does not come to an end: %s and %s are left of %s"
                .formatted(files(spool.dir()), spool.trackers(), this));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    source.stop();
  }

  private boolean isIdle() throws IOException {
    Retirement retirement =
        SpoolDirConfig.parse(new Settings(name, new Context(keys))).retirement();
    for (Path file : files(spool.dir())) {
      try {
        if (!file.toString().endsWith(".COMPLETED")
            && !retirement.contains(new SpoolFile(file, FileState.of(file)))) {
          return false;
        }
      } catch (NoSuchFileException gone) {
        return false;
      }
    }
    return Files.notExists(spool.home().resolve("trackers")) || spool.trackers().isEmpty();
  }

  boolean keepsPositions() {
    return keepsPositions;
  }

  List<Dropped> dropped() {
    return dropped;
  }

  /** The names of the empty files that were dropped. */
  List<String> emptyFiles() {
    return IntStream.range(0, emptyFiles).mapToObj(i -> "empty-" + i).collect(Collectors.toList());
  }

  /** The names of the files of which there are empty events. */
  List<String> emptyEvents() {
    return channel.events().stream()
        .filter(event -> event.getBody().length == 0)
        .map(event -> event.getHeaders().get("basename"))
        .collect(Collectors.toList());
  }

  /** What was delivered of a file, without repetitions if it may have been repeated. */
  List<String> lines(Dropped file) {
    Stream<String> lines =
        channel.lines().stream()
            .filter(line -> !line.isEmpty() && Dropped.numberOf(line) == file.number());
    return (keepsPositions ? lines : lines.distinct()).collect(Collectors.toList());
  }

  /** What is in quarantine. */
  Quarantined quarantined() {
    return new Quarantined(spool.dir());
  }

  @Override
  public void close() {
    source.stop();
  }

  @Override
  public String toString() {
    return name
        + ", "
        + keys
        + ", keepsPositions="
        + keepsPositions
        + "\n"
        + String.join("\n", journal);
  }
}
