package io.flafka.spooldir;

import io.flafka.config.Settings;
import io.flafka.spooldir.disk.SpoolUnavailableException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.flume.Context;
import org.apache.flume.EventDrivenSource;
import org.apache.flume.FlumeException;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.conf.BatchSizeSupported;
import org.apache.flume.conf.Configurable;
import org.apache.flume.lifecycle.LifecycleState;
import org.apache.flume.source.AbstractSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files that are put into a directory, line by line, and retires each when the channels
 * have accepted all of it. It takes the configuration of stock Flume's {@code spooldir}.
 *
 * <p>Every line is delivered in the order of the file, its bytes unchanged, as a {@link
 * io.flafka.delivery.PositionedEvent}: exactly once if all channels keep positions, else at least
 * once. Files must not change once they are in the directory. One that does, or that can't be read,
 * is put into quarantine and reported; the others go on.
 *
 * <p>It has its threads from {@link #start} to {@link #stop}: one, and two for each of {@code
 * readers}. {@code start} throws a {@link FlumeException} where the directory can't be used, and
 * may be called again.
 */
public final class SpoolDirSource extends AbstractSource
    implements EventDrivenSource, Configurable, BatchSizeSupported {
  private static final Logger log = LoggerFactory.getLogger(SpoolDirSource.class);

  /** What stop() waits for the batch in hand; a channel may take longer to refuse it. */
  private static final long STOP_MILLIS = TimeUnit.SECONDS.toMillis(10);

  private @Nullable SpoolDirConfig config;
  private @Nullable SpoolDirSourceStats counter;
  private @Nullable Run run;

  /** What lives from a start to the next stop. */
  private record Run(SpoolReader reader, Thread thread) {}

  @Override
  public synchronized void configure(Context context) {
    config = SpoolDirConfig.parse(new Settings("source " + getName(), context));
    if (counter == null) {
      counter = new SpoolDirSourceStats(getName());
    }
  }

  @Override
  public synchronized long getBatchSize() {
    return configured().batchSize().orElse(SpoolDirConfig.BATCH);
  }

  @Override
  public synchronized void start() {
    if (run != null) {
      return;
    }
    try {
      run = launch(configured(), counting());
    } catch (SpoolUnavailableException e) {
      throw new FlumeException("source " + getName() + ": " + e.getMessage(), e);
    } catch (Error e) {
      // An Error that left start() would keep the agent from ever starting anything else.
      throw new FlumeException("source " + getName() + " can't start: " + e, e);
    }
    super.start();
  }

  private Run launch(SpoolDirConfig config, SpoolDirSourceStats counter)
      throws SpoolUnavailableException {
    ChannelProcessor channels =
        Objects.requireNonNull(getChannelProcessor(), "the source has no channels");
    ChannelPositions positions = new ChannelPositions(channels.getSelector().getAllChannels());
    Spool spool = Spool.open(config, List.of());
    try {
      SpoolReader reader = new SpoolReader(getName(), config, spool, channels, positions, counter);
      Thread thread = new Thread(reader, "spooldir-" + getName());
      thread.setDaemon(true);
      counter.start();
      thread.start();
      return new Run(reader, thread);
    } catch (RuntimeException | Error e) {
      spool.close();
      throw e;
    }
  }

  /**
   * Ends the reading once the batch in hand is accepted or refused, and stores the position. Never
   * interrupts a channel; where that takes longer than 10 s, the thread ends on its own afterwards
   * and holds the directory's lock until then.
   */
  @Override
  public synchronized void stop() {
    Run ending = run;
    if (ending == null) {
      return;
    }
    run = null;
    ending.reader().stop();
    if (hasEnded(ending.thread())) {
      log.info("source {} has stopped: {}", getName(), counting());
    } else {
      log.warn(
          "source {} still waits for its channel to accept or refuse a batch; it stops by itself"
              + " after that, and holds the lock on {} until then",
          getName(),
          configured().search().spoolDir());
    }
    counting().stop();
    super.stop();
  }

  private static boolean hasEnded(Thread thread) {
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  @Override
  public synchronized LifecycleState getLifecycleState() {
    return run != null && run.reader().hasFailed()
        ? LifecycleState.ERROR
        : super.getLifecycleState();
  }

  private SpoolDirConfig configured() {
    if (config == null) {
      throw new IllegalStateException("source " + getName() + " is not configured");
    }
    return config;
  }

  private SpoolDirSourceStats counting() {
    if (counter == null) {
      throw new IllegalStateException("source " + getName() + " is not configured");
    }
    return counter;
  }
}
