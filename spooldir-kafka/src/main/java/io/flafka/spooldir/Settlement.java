package io.flafka.spooldir;

import io.flafka.spooldir.disk.Durable;
import io.flafka.spooldir.disk.SpoolUnavailableException;
import io.flafka.spooldir.find.Discovery;
import io.flafka.spooldir.track.TrackerBook;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows after the channels have accepted something: positions are noted, and files that are
 * done are taken out of the way. It is done for many files at a time, since each time takes two or
 * three forced writes to the disk.
 *
 * <p>The order is what makes it safe: a file is taken out of the way, that is made to last, the
 * channels are told to forget its stream, and only then its tracker goes. Whatever the moment of a
 * crash, the next run finds a file with its tracker, or neither.
 *
 * <p>{@link #add} and {@link #isBehind} are for any thread; the rest for one.
 */
final class Settlement {
  private static final Logger log = LoggerFactory.getLogger(Settlement.class);

  /** Files that were read and still lie where they were: more of them and reading has to wait. */
  private static final int MOST_ENDED = 10_000;

  /** To try again takes this part of the time at most. */
  private static final long SELDOM = 100;

  /** Files of which each has a line in the log. */
  private static final int FEW = 10;

  private final Dismissal dismissal;
  private final TrackerBook trackers;
  private final Discovery discovery;
  private final ChannelPositions positions;
  private final SpoolDirSourceStats stats;
  private final Duration maxBackoff;
  private final LongSupplier nanos;
  private final List<Ended> ended = new ArrayList<>();

  /** What was delivered and could not be taken out of the way. */
  private final List<Ended> stuck = new ArrayList<>();

  private long pause;
  private long triedAt;

  /** What is out of the way, and some channel could not be told so. */
  private List<Dismissed> unforgotten = new ArrayList<>();

  private record Ended(FileInProgress file, Ending ending) {}

  private record Dismissed(FileInProgress file, Dismissal.Outcome outcome) {}

  Settlement(
      Dismissal dismissal,
      TrackerBook trackers,
      Discovery discovery,
      ChannelPositions positions,
      SpoolDirSourceStats stats,
      Duration maxBackoff,
      LongSupplier nanos) {
    this.dismissal = dismissal;
    this.trackers = trackers;
    this.discovery = discovery;
    this.positions = positions;
    this.stats = stats;
    this.maxBackoff = maxBackoff;
    this.nanos = nanos;
  }

  /** Notes what the channels have accepted. It lasts after the next {@link #settle}. */
  void add(List<Segment> segments) {
    long now = nanos.getAsLong();
    for (Segment segment : segments) {
      FileInProgress file = segment.file();
      stats.advanced(file.advance(segment, now));
      trackers.put(file.reached());
      Ending ending = segment.ending();
      if (ending != null) {
        synchronized (ended) {
          ended.add(new Ended(file, ending));
        }
      }
    }
  }

  /** Whether so many files are yet to be taken out of the way that no more should be read. */
  boolean isBehind() {
    synchronized (ended) {
      return ended.size() > MOST_ENDED;
    }
  }

  /**
   * Makes everything last that was added before.
   *
   * @throws SpoolUnavailableException if that can't be now. The trackers in memory hold it
   */
  void settle() throws SpoolUnavailableException {
    List<Dismissed> dismissed = unforgotten;
    Set<Path> changed = new HashSet<>();
    for (Ended end : drain()) {
      dismiss(end, changed, dismissed);
    }
    tryAgain(changed, dismissed);
    force(changed);
    List<Dismissed> done = forget(dismissed);
    trackers.store();
    // Only now may a path be another file's: its tracker takes the place of this one's.
    done.forEach(this::release);
    report(dismissed);
  }

  private void dismiss(Ended end, Set<Path> changed, List<Dismissed> dismissed)
      throws SpoolUnavailableException {
    FileInProgress file = end.file();
    Dismissal.Outcome outcome = dismissal.dismiss(file, end.ending(), changed);
    stats.ended(file);
    if (outcome == Dismissal.Outcome.STUCK && end.ending() instanceof Ending.Finished) {
      stuck.add(end);
    } else {
      dismissed.add(new Dismissed(file, outcome));
    }
  }

  /** An archive may be full, or not mounted: then it is not the files that must change. */
  private void tryAgain(Set<Path> changed, List<Dismissed> dismissed)
      throws SpoolUnavailableException {
    long now = nanos.getAsLong();
    if (stuck.isEmpty() || now - triedAt < pause) {
      return;
    }
    List<Ended> again = List.copyOf(stuck);
    stuck.clear();
    for (Ended end : again) {
      dismiss(end, changed, dismissed);
    }
    triedAt = nanos.getAsLong();
    pause = Math.max(maxBackoff.toNanos(), SELDOM * (triedAt - now));
  }

  /** A line for each file, unless there are so many that they would drown everything else. */
  private void report(List<Dismissed> dismissed) {
    List<FileInProgress> retired = new ArrayList<>();
    for (Dismissed file : dismissed) {
      if (file.outcome() == Dismissal.Outcome.RETIRED) {
        retired.add(file.file());
      }
    }
    if (retired.size() <= FEW) {
      retired.forEach(this::report);
    } else {
      FileInProgress last = retired.get(retired.size() - 1);
      log.info("delivered {} files, {} the last of them", retired.size(), last.path());
    }
  }

  private void report(FileInProgress file) {
    log.info(
        "delivered {} [{}, {}), {} ms",
        file.path(),
        file.begun().offset(),
        file.reached().offset(),
        TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - file.began()));
  }

  /** Tells the channels what they need not remember; returns what has no need of its path now. */
  private List<Dismissed> forget(List<Dismissed> dismissed) {
    List<Dismissed> done = new ArrayList<>();
    unforgotten = new ArrayList<>();
    for (Dismissed file : dismissed) {
      if (file.outcome() == Dismissal.Outcome.STUCK) {
        done.add(file);
      } else if (positions.forget(file.file().reached().stream())) {
        trackers.remove(file.file().reached());
        done.add(file);
      } else {
        // Another file may come before that works, and nobody would hear of it any more.
        unforgotten.add(new Dismissed(file.file(), Dismissal.Outcome.REPLACED));
      }
    }
    return done;
  }

  private List<Ended> drain() {
    synchronized (ended) {
      List<Ended> all = List.copyOf(ended);
      ended.clear();
      return all;
    }
  }

  private static void force(Set<Path> directories) throws SpoolUnavailableException {
    for (Path directory : directories) {
      try {
        Durable.force(directory);
      } catch (IOException e) {
        throw new SpoolUnavailableException(
            "what was renamed or deleted in " + directory + " can't be made to last (" + e + ")",
            e);
      }
    }
  }

  private void release(Dismissed dismissed) {
    FileInProgress file = dismissed.file();
    switch (dismissed.outcome()) {
      case RETIRED, GONE -> discovery.release(file.path());
      case REPLACED -> discovery.releaseAndLook(file.path());
      case STUCK -> discovery.giveUp(file.path());
    }
  }
}
