package io.flafka.spooldir;

import io.flafka.spooldir.disk.SpoolUnavailableException;
import io.flafka.spooldir.track.Tracker;
import java.util.Collection;
import java.util.List;
import org.apache.flume.channel.ChannelProcessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The source's thread: works on the spool, one {@link Session} after the other, until it is told to
 * stop.
 *
 * <p>Nothing but an {@link Error} ends it early, and then {@link #hasFailed} says so. A directory
 * that is gone or can't be written to is closed and opened again, with growing waits, until that
 * works; so its lock is let go meanwhile.
 */
final class SpoolReader implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(SpoolReader.class);

  private final String source;
  private final SpoolDirConfig config;
  private final ChannelProcessor channels;
  private final ChannelPositions positions;
  private final SpoolDirSourceStats stats;
  private final StopSignal stop = new StopSignal();
  private final Backoff backoff;
  private @Nullable Spool spool;
  private @Nullable Session session;
  private Collection<Tracker> remembered = List.of();
  private boolean outage;
  private volatile boolean failed;

  /**
   * Makes a reader that is yet to run.
   *
   * @param spool is the reader's from now on: it closes it when it ends
   */
  SpoolReader(
      String source,
      SpoolDirConfig config,
      Spool spool,
      ChannelProcessor channels,
      ChannelPositions positions,
      SpoolDirSourceStats stats) {
    this.source = source;
    this.config = config;
    this.spool = spool;
    this.channels = channels;
    this.positions = positions;
    this.stats = stats;
    this.backoff = new Backoff(config.maxBackoff());
  }

  /** Whether an Error ended the reading. For any thread. */
  boolean hasFailed() {
    return failed;
  }

  /** Asks it to end. For any thread. */
  void stop() {
    stop.raise();
    synchronized (this) {
      if (session != null) {
        session.end();
      }
    }
  }

  @Override
  public void run() {
    log.info(
        "source {} reads {}, {}",
        source,
        config.search().spoolDir(),
        positions.areKept()
            ? "each line exactly once: its channels keep positions"
            : "each line at least once");
    try {
      while (!stop.isRaised()) {
        turn();
      }
    } catch (Error e) {
      failed = true;
      log.error(
          "reading of {} has ended by an error; what was not delivered stays there until the agent"
              + " is restarted",
          config.search().spoolDir(),
          e);
    } finally {
      closeUnused();
    }
  }

  /** Whoever stops it before it has begun leaves the spool open that it was given. */
  private void closeUnused() {
    if (spool != null) {
      spool.close();
      spool = null;
    }
  }

  private void turn() {
    try (Spool open = open()) {
      try {
        begin(open).run(this::recovered);
      } finally {
        remembered = open.trackers().all();
      }
    } catch (SpoolUnavailableException e) {
      suspend(e.getMessage(), null);
    } catch (RuntimeException e) {
      suspend("an unexpected failure", e);
    }
  }

  private Spool open() throws SpoolUnavailableException {
    Spool first = spool;
    spool = null;
    return first == null ? Spool.open(config, remembered) : first;
  }

  private Session begin(Spool open) {
    Session begun = new Session(source, config, open, channels, positions, stats);
    synchronized (this) {
      session = begun;
    }
    if (stop.isRaised()) {
      begun.end();
    }
    return begun;
  }

  private void suspend(@Nullable String why, @Nullable RuntimeException unexpected) {
    if (!outage) {
      outage = true;
      log.error(
          "{}. Reading is suspended and tried again every {} ms or sooner until it works",
          why,
          config.maxBackoff().toMillis(),
          unexpected);
    }
    stop.await(backoff.next());
  }

  private void recovered() {
    if (outage) {
      outage = false;
      backoff.reset();
      log.info("reading of {} goes on", config.search().spoolDir());
    }
  }
}
