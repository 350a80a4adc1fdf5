package io.flafka.spooldir.find;

import io.flafka.spooldir.disk.FileState;
import io.flafka.spooldir.disk.SpoolUnavailableException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out the files that wait, each once, in the configured order.
 *
 * <p>What is new is heard of at once. All is listed at the start, when something was missed, when
 * more waited than it remembers and those are used up; and otherwise when a directory's time says
 * that something may have changed, but so seldom that it takes a hundredth of the time at most.
 * Where nothing happens, it looks at the directories' times every {@code pollDelay}, and at nothing
 * else. It remembers 32,768 files at most.
 *
 * <p>For any thread.
 */
public final class Discovery implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(Discovery.class);
  private static final int MOST = 1 << 15;

  /** A listing may take this part of the time. */
  private static final long SELDOM = 100;

  /** It may take more if something is known to have been missed. */
  private static final long SOONER = 10;

  /** It waits no shorter than this. */
  private static final Duration MOMENT = Duration.ofMillis(1);

  /** Directories' times may be as coarse as this; what changes in the same tick does not show. */
  private static final long TICK_SECONDS = 2;

  private final Search search;
  private final Retired retired;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final DirectoryWatch watch;
  private final SpoolListing listing;
  private final Waiting waiting;
  private final SetAside setAside;
  private final Deque<Path> first;
  private final Set<Path> handedOut = new HashSet<>();
  private final Set<Path> young = new HashSet<>();
  private Map<Path, FileTime> directories = new HashMap<>();
  private Instant nextReady = Instant.MAX;
  private Instant lastYoung = Instant.MIN;
  private boolean missed = true;
  private Instant listedAt = Instant.EPOCH;
  private long looked;
  private long pause;
  private volatile int size;

  /**
   * Begins to watch.
   *
   * @param begun the files that were read in part, or were about to be: they come first, in the
   *     order of all files, and need not be ready, or there
   * @param nanos a clock that only goes forward
   */
  public Discovery(
      Search search,
      Retired retired,
      Collection<Path> begun,
      InstantSource clock,
      LongSupplier nanos) {
    this.search = search;
    this.retired = retired;
    this.clock = clock;
    this.nanos = nanos;
    this.setAside = new SetAside(nanos);
    this.first = sorted(begun);
    this.handedOut.addAll(begun);
    this.looked = nanos.getAsLong();
    this.waiting = new Waiting(search.order(), MOST);
    this.watch = new DirectoryWatch(search.spoolDir());
    this.listing = new SpoolListing(search, this::enter, this::found);
  }

  private Deque<Path> sorted(Collection<Path> begun) {
    return begun.stream()
        .map(path -> new SpoolFile(path, state(path)))
        .sorted(search.order().comparator())
        .map(SpoolFile::path)
        .collect(Collectors.toCollection(ArrayDeque::new));
  }

  /** How many files are known to wait: all of them, up to 32,768. */
  public int size() {
    return size;
  }

  /**
   * The next files; none if none waits now.
   *
   * @param most how many
   * @param bytes after how many there are enough, however few they are
   * @throws SpoolUnavailableException if the spooling directory can't be listed
   */
  public synchronized List<SpoolFile> next(int most, long bytes) throws SpoolUnavailableException {
    refresh();
    List<SpoolFile> files = new ArrayList<>();
    for (long sum = 0; files.size() < most && sum < bytes; ) {
      SpoolFile file = poll();
      if (file == null) {
        break;
      }
      files.add(file);
      handedOut.add(file.path());
      sum += file.state().identity().size();
    }
    size = waiting.size();
    return files;
  }

  /**
   * Waits until something is new in a directory, a file has been unchanged for long enough, or it
   * is time for another look; {@link #close} ends it.
   */
  public void await() throws InterruptedException {
    watch.await(untilNextLook());
  }

  private synchronized Duration untilNextLook() {
    Instant now = clock.instant();
    Instant look = now.plusNanos(looked + rest() - nanos.getAsLong());
    Duration left = Duration.between(now, nextReady.isBefore(look) ? nextReady : look);
    return left.compareTo(MOMENT) < 0 ? MOMENT : left;
  }

  /** How long after a look there may be another. */
  private long rest() {
    return missed ? pause / SOONER : pause;
  }

  private @Nullable SpoolFile poll() {
    while (!first.isEmpty()) {
      Path path = first.poll();
      if (search.names().admitsFile(path.getFileName().toString())) {
        return new SpoolFile(path, state(path));
      }
      handedOut.remove(path);
    }
    return waiting.poll();
  }

  /** It is only about size and order: whoever takes the file looks for himself. */
  private static FileState state(Path path) {
    try {
      return FileState.of(path);
    } catch (IOException e) {
      return FileState.NOTHING;
    }
  }

  private void refresh() throws SpoolUnavailableException {
    if (!watch.hear(listing::look)) {
      missed = true;
    }
    if (!young.isEmpty() && maySomeBeReady(clock.instant())) {
      lookAtYoung();
    }
    long rested = nanos.getAsLong() - looked;
    boolean usedUp = waiting.size() == 0 && !waiting.isComplete();
    boolean due = rested >= rest();
    if (usedUp || (due && (missed || hasChanged()))) {
      list();
    }
  }

  private boolean maySomeBeReady(Instant now) {
    boolean clockWasSetBack = now.isBefore(lastYoung);
    return clockWasSetBack || !now.isBefore(nextReady);
  }

  private void lookAtYoung() {
    List<Path> grown = List.copyOf(young);
    young.clear();
    nextReady = Instant.MAX;
    for (Path path : grown) {
      // By its marker, if that is what makes it a file to look at.
      listing.look(search.readiness().marker(path).orElse(path));
    }
  }

  private void list() throws SpoolUnavailableException {
    missed = false;
    waiting.expectAll();
    setAside.prune();
    directories = new HashMap<>();
    listedAt = clock.instant();
    long start = nanos.getAsLong();
    listing.list();
    looked = nanos.getAsLong();
    pause = Math.max(search.pollDelay().toNanos(), SELDOM * (looked - start));
  }

  /** Whether a listing might find anything new. */
  private boolean hasChanged() throws SpoolUnavailableException {
    looked = nanos.getAsLong();
    if (retired.leavesFiles() || !setAside.isEmpty() || listing.isPartial()) {
      return true;
    }
    Instant tick = listedAt.minusSeconds(TICK_SECONDS);
    for (Map.Entry<Path, FileTime> directory : directories.entrySet()) {
      FileTime now = modified(directory.getKey());
      if (!now.equals(directory.getValue()) || now.toInstant().isAfter(tick)) {
        return true;
      }
    }
    return false;
  }

  private FileTime modified(Path directory) throws SpoolUnavailableException {
    try {
      return Files.getLastModifiedTime(directory);
    } catch (IOException e) {
      if (directory.equals(search.spoolDir())) {
        throw new SpoolUnavailableException(
            "spoolDir = " + directory + " can't be looked at (" + e + ")", e);
      }
      return FileTime.fromMillis(0);
    }
  }

  private void enter(Path directory) {
    watch.add(directory);
    try {
      directories.put(directory, Files.getLastModifiedTime(directory));
    } catch (IOException e) {
      // Then listing it fails, too, and says so.
      missed = true;
    }
  }

  private void found(SpoolFile file) {
    if (handedOut.contains(file.path())) {
      return;
    }
    Instant now = clock.instant();
    Instant ready = search.readiness().readyAt(file, now);
    if (ready.isAfter(now)) {
      if (young.size() < MOST) {
        young.add(file.path());
      } else {
        missed = true;
      }
      nextReady = ready.isBefore(nextReady) ? ready : nextReady;
      lastYoung = now;
      return;
    }
    try {
      if (setAside.admits(file) && !retired.contains(file)) {
        waiting.add(file);
        size = waiting.size();
      }
    } catch (IOException e) {
      missed = true;
      log.error("whether {} was delivered can't be found out ({})", file.path(), e.toString());
    }
  }

  /** Takes a path back: whatever file is found there from now on is another one. */
  public synchronized void release(Path path) {
    handedOut.remove(path);
  }

  /** Takes a path back of which another file may have been seen meanwhile. */
  public synchronized void releaseAndLook(Path path) {
    handedOut.remove(path);
    listing.look(search.readiness().marker(path).orElse(path));
  }

  /** Takes a file back that can neither be delivered nor moved away; it comes again, but later. */
  public synchronized void giveUp(Path path) {
    handedOut.remove(path);
    setAside.add(path);
  }

  /** Hears of nothing any more, and lets nobody wait. */
  @Override
  public synchronized void close() {
    watch.close();
  }
}
