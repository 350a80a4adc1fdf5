package io.flafka.spooldir;

import io.flafka.delivery.BatchLimits;
import io.flafka.spooldir.disk.FileIdentity;
import io.flafka.spooldir.disk.FileState;
import io.flafka.spooldir.disk.SpoolUnavailableException;
import io.flafka.spooldir.read.EventReader;
import io.flafka.spooldir.read.FileEvent;
import io.flafka.spooldir.read.InputFormat;
import io.flafka.spooldir.read.MalformedFileException;
import io.flafka.spooldir.read.ReadWatch;
import io.flafka.spooldir.track.Tracker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first half of a lane: picks up files, one claim after the other, and makes batches of their
 * events, ahead of the channels. A batch ends with its claim at the latest, so nothing waits for
 * files that are yet to come.
 *
 * <p>For one thread.
 */
final class Reading {
  private static final Logger log = LoggerFactory.getLogger(Reading.class);

  /** Events after which the clock is looked at. */
  private static final int CLOCK_MASK = (1 << 8) - 1;

  private static final Duration BREATHER = Duration.ofMillis(10);

  private final Claims claims;
  private final InputFormat format;
  private final SpoolDirConfig config;
  private final BatchLimits limits;
  private final Settlement settlement;
  private final ReadWatch watch;
  private final BatchQueue queue;
  private final StopSignal stop;
  private final LongSupplier nanos;

  private Batch batch = new Batch();
  private long batchBegan;

  Reading(
      Claims claims,
      Settlement settlement,
      SpoolDirConfig config,
      BatchLimits limits,
      ReadWatch watch,
      BatchQueue queue,
      StopSignal stop,
      LongSupplier nanos) {
    this.claims = claims;
    this.settlement = settlement;
    this.format = config.format();
    this.config = config;
    this.limits = limits;
    this.watch = watch;
    this.queue = queue;
    this.stop = stop;
    this.nanos = nanos;
  }

  /** Reads until a stop is asked for. */
  void run() throws SpoolUnavailableException {
    while (!stop.isRaised()) {
      while (settlement.isBehind() && !stop.await(BREATHER)) {}
      List<Claims.Claim> next = claims.next();
      for (Claims.Claim claim : next) {
        if (stop.isRaised()) {
          return;
        }
        read(claim);
      }
      flush();
      if (next.isEmpty()) {
        claims.await();
      }
    }
  }

  private void read(Claims.Claim claim) {
    FileInProgress file = claim.file();
    long start = file.begun().offset();
    if (claim.ending() != null) {
      batch.add(new Segment(file, start, start, 0, claim.ending()));
      return;
    }
    try {
      EventReader events = format.open(config.input(file.begun()), watch);
      try {
        requireUntouched(file.begun());
        read(file, events);
      } finally {
        close(file, events);
      }
    } catch (IOException e) {
      batch.add(new Segment(file, start, start, 0, unreadable(e)));
    } catch (RuntimeException e) {
      log.error("reading {} failed in a way that nobody foresaw", file.path(), e);
      batch.add(new Segment(file, start, start, 0, unreadable(e)));
    }
  }

  /** What fails only here, in somebody's deserializer, takes nothing back of what was read. */
  private static void close(FileInProgress file, EventReader events) {
    try {
      events.close();
    } catch (IOException | RuntimeException e) {
      log.warn("{} was read, and could not be closed", file.path(), e);
    }
  }

  /**
   * A file waits between its claim and its turn. What lies under its name by then must not be
   * delivered as if it were that file.
   */
  private static void requireUntouched(Tracker begun) throws IOException {
    FileIdentity now = FileState.of(begun.file()).identity();
    if (!now.equals(begun.identity())) {
      throw new IOException(
          "it changed before it was opened, from " + begun.identity() + " to " + now);
    }
  }

  private void read(FileInProgress file, EventReader events) {
    long start = events.offset();
    Ending ending = null;
    while (ending == null && !stop.isRaised()) {
      ending = fill(events);
      batch.add(new Segment(file, start, events.offset(), events.consumed(), ending));
      start = events.offset();
      if (ending == null) {
        flush();
      }
    }
  }

  /** Fills the batch to its limits; returns how the file ended, if it did. */
  private @Nullable Ending fill(EventReader events) {
    if (batch.size() == 0) {
      batchBegan = nanos.getAsLong();
    }
    try {
      while (!isFull()) {
        FileEvent event = events.next();
        if (event == null) {
          return new Ending.Finished();
        }
        batch.add(event);
      }
      return null;
    } catch (IOException e) {
      return unreadable(e);
    } catch (RuntimeException e) {
      log.error("reading failed in a way that nobody foresaw", e);
      return unreadable(e);
    }
  }

  private static Ending unreadable(Exception e) {
    return new Ending.Unfit(
        e instanceof MalformedFileException malformed
            ? "it is not what its configuration says: " + malformed.getMessage()
            : "it can't be read: " + e);
  }

  private boolean isFull() {
    int size = batch.size();
    if (size >= limits.events() || batch.bytes() >= limits.bytes()) {
      return true;
    }
    Duration time = limits.time();
    return size > 0 && (size & CLOCK_MASK) == 0 && nanos.getAsLong() - batchBegan >= time.toNanos();
  }

  private void flush() {
    if (!batch.isEmpty()) {
      queue.put(batch);
      batch = new Batch();
    }
  }
}
