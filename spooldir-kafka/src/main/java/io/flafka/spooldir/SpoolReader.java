package io.flafka.spooldir;

import java.nio.file.Path;
import java.util.List;
import org.apache.flume.instrumentation.SourceCounter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The source's thread: works off one listing of the spooling directory after the other, until it is
 * told to stop.
 *
 * <p>Nothing but an {@link Error} ends it early, and then {@link #hasFailed} says so. A file that
 * is unfit is set aside. A directory that is gone or can't be written to is closed and opened
 * again, with growing waits, until that works; so its lock is let go meanwhile.
 */
final class SpoolReader implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(SpoolReader.class);

  private final SpoolDirConfig config;
  private final FileTransfer transfer;
  private final StopSignal stop;
  private final SourceCounter counter;
  private final SetAside setAside = new SetAside();
  private final Backoff backoff;
  private @Nullable Spool spool;
  private boolean outage;
  private volatile boolean failed;

  /**
   * Makes a reader that is yet to run.
   *
   * @param spool is the reader's from now on: it closes it when it ends
   */
  SpoolReader(
      SpoolDirConfig config,
      Spool spool,
      FileTransfer transfer,
      StopSignal stop,
      SourceCounter counter) {
    this.config = config;
    this.spool = spool;
    this.transfer = transfer;
    this.stop = stop;
    this.counter = counter;
    this.backoff = new Backoff(config.maxBackoff());
  }

  /** Whether an Error ended the reading. For any thread. */
  boolean hasFailed() {
    return failed;
  }

  @Override
  public void run() {
    try {
      while (!stop.isRaised()) {
        round();
      }
    } catch (Error e) {
      failed = true;
      log.error(
          "reading of {} has ended by an error; what was not delivered stays there until the agent"
              + " is restarted",
          config.spoolDir(),
          e);
    } finally {
      close();
    }
  }

  private void round() {
    try {
      Spool open = open();
      List<SpoolFile> waiting = setAside.admitted(open.list());
      for (SpoolFile file : waiting) {
        if (stop.isRaised()) {
          return;
        }
        consume(open, file);
        recover();
      }
      if (waiting.isEmpty()) {
        recover();
        stop.await(config.pollDelay());
      }
    } catch (SpoolUnavailableException e) {
      suspend(e.getMessage(), null);
    } catch (RuntimeException e) {
      suspend("an unexpected failure", e);
    }
  }

  private void consume(Spool open, SpoolFile file) throws SpoolUnavailableException {
    try {
      transfer.transfer(file.path(), open.trackers());
    } catch (UnfitFileException e) {
      // Where the whole directory is at fault, its files are not.
      open.requireUsable();
      giveUp(file.path());
      log.error(e.getMessage());
    } catch (RuntimeException e) {
      giveUp(file.path());
      log.error("{} is left where it is because of an unexpected failure", file.path(), e);
    }
  }

  private void giveUp(Path file) {
    setAside.add(file);
    counter.incrementEventReadFail();
  }

  private Spool open() throws SpoolUnavailableException {
    if (spool == null) {
      spool = Spool.open(config);
    }
    return spool;
  }

  private void close() {
    if (spool != null) {
      spool.close();
      spool = null;
    }
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
    close();
    stop.await(backoff.next());
  }

  private void recover() {
    if (outage) {
      outage = false;
      backoff.reset();
      log.info("reading of {} goes on", config.spoolDir());
    }
  }
}
