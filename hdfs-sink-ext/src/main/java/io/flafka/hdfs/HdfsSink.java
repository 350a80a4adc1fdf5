package io.flafka.hdfs;

import io.flafka.config.Settings;
import io.flafka.delivery.Guarantee;
import io.flafka.delivery.ReplayableChannel;
import io.flafka.hdfs.cargo.Cargo;
import io.flafka.hdfs.cargo.Haste;
import io.flafka.hdfs.cargo.HdfsSinkCounter;
import io.flafka.hdfs.config.HdfsSinkConfig;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.FlumeException;
import org.apache.flume.conf.BatchSizeSupported;
import org.apache.flume.conf.Configurable;
import org.apache.flume.sink.AbstractSink;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Flume sink that lands events in HDFS, exactly once or at least once, in place of stock Flume's
 * {@code hdfs}.
 *
 * <p>It takes stock's keys; {@code hdfs.sync}, {@code hdfs.missing}, {@code hdfs.gzipThreads} and
 * {@code hdfs.rollDefaults} are its own. {@link #process} may be called by one thread at a time;
 * {@link #start} and {@link #stop} by any, again and again.
 */
public final class HdfsSink extends AbstractSink implements Configurable, BatchSizeSupported {
  private static final Logger log = LoggerFactory.getLogger(HdfsSink.class);

  /**
   * How long a step takes events if there always are more. Each costs two threads' handing over to
   * one another, up to a millisecond where the cores are busy; and what trickled in waits for it.
   */
  private static final Duration ENOUGH = Duration.ofMillis(200);

  private final InstantSource clock;
  private final Duration enough;
  private volatile @Nullable HdfsSinkConfig config;
  private volatile @Nullable Running running;

  /** Makes a sink that goes by the system's clock. */
  public HdfsSink() {
    this(InstantSource.system(), ENOUGH);
  }

  /**
   * The same, with another clock.
   *
   * @param enough how long a step takes events from a channel that never has many
   */
  HdfsSink(InstantSource clock, Duration enough) {
    this.clock = clock;
    this.enough = enough;
  }

  /**
   * Reads the configuration; takes no resources.
   *
   * @throws org.apache.flume.conf.ConfigurationException naming every wrong or missing key
   */
  @Override
  public void configure(Context context) {
    config = HdfsSinkConfig.parse(new Settings(title(), context), clock);
  }

  @Override
  public long getBatchSize() {
    return configured().batchSize();
  }

  @Override
  public synchronized void start() {
    if (running == null) {
      HdfsSinkConfig current = configured();
      requireReplay(current.guarantee(), getChannel());
      if (current.guarantee() == Guarantee.AT_LEAST_ONCE && replays(getChannel())) {
        log.warn(
            "{}: channel {} delivers exactly once, and this sink at least once: after a crash lines"
                + " may land twice; {} = exactly_once on the sink, too, prevents that",
            title(),
            getChannel().getName(),
            Guarantee.KEY);
      }
      HdfsSinkCounter counter = new HdfsSinkCounter(getName());
      counter.start();
      Haste haste = new Haste();
      Cargo cargo = new Cargo(title(), getChannel(), counter, clock, haste);
      Lander lander =
          new Lander(
              getName(),
              current.callTimeout(),
              () -> progress(counter),
              enough.toMillis(),
              haste::ask);
      Session session = new Session(getName(), current, cargo);
      lander.everySecond(session::tidy);
      running = new Running(lander, session, counter);
      log.info(
          "{}: started, {}, landing below {}, {}",
          title(),
          current.guarantee(),
          current.layout().directory().root(),
          current.roll());
    }
    super.start();
  }

  @Override
  public Status process() throws EventDeliveryException {
    Running current = running;
    if (current == null) {
      throw new EventDeliveryException(title() + " is not started");
    }
    return current.lander.step(current.session::step);
  }

  /**
   * Lands everything and ends the sink's threads. An HDFS that hangs delays it by {@code
   * hdfs.callTimeout} at most; files then keep their in-use names, with all that the channel has
   * given up in them.
   */
  @Override
  public synchronized void stop() {
    Running current = running;
    running = null;
    if (current != null) {
      try {
        land(current);
      } finally {
        current.counter.stop();
      }
    }
    super.stop();
  }

  private void land(Running current) {
    if (current.lander.stop(current.session::close)) {
      log.info("{}: stopped", title());
    } else {
      log.warn(
          "{}: stopped, though HDFS or the channel has not answered for {} ms (hdfs.callTimeout):"
              + " files keep their in-use names; nothing that the channel gave up is lost",
          title(),
          configured().callTimeout());
    }
  }

  private void requireReplay(Guarantee guarantee, Channel channel) {
    if (guarantee == Guarantee.EXACTLY_ONCE && !replays(channel)) {
      throw new FlumeException(
          title()
              + " can't start with "
              + Guarantee.KEY
              + " = exactly_once: channel "
              + channel.getName()
              + (channel instanceof ReplayableChannel
                  ? " delivers at least once; set " + Guarantee.KEY + " = exactly_once on it, too"
                  : " can't replay what was taken from it; use type = io.flafka.KafkaChannel with "
                      + Guarantee.KEY
                      + " = exactly_once, or at_least_once on this sink"));
    }
  }

  private static boolean replays(Channel channel) {
    return channel instanceof ReplayableChannel replayable && replayable.replays();
  }

  private static long progress(HdfsSinkCounter counter) {
    return counter.getEventDrainAttemptCount()
        + counter.getEventDrainSuccessCount()
        + counter.getConnectionCreatedCount()
        + counter.getConnectionClosedCount()
        + counter.getConnectionFailedCount();
  }

  private HdfsSinkConfig configured() {
    HdfsSinkConfig current = config;
    if (current == null) {
      throw new IllegalStateException(title() + " is not configured");
    }
    return current;
  }

  private String title() {
    return "sink " + getName();
  }

  private record Running(Lander lander, Session session, HdfsSinkCounter counter) {}
}
