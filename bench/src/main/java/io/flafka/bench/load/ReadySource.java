package io.flafka.bench.load;

import io.flafka.config.Settings;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.source.AbstractPollableSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A source that hands over ready events as fast as the channel takes them, and then rests.
 *
 * <ul>
 *   <li>{@code batchSize}: events a transaction, 1,000
 *   <li>{@code events}: how many in all, 1,000,000
 *   <li>{@code bytes}: how long each body is, 200
 *   <li>{@code positioned}: whether they know their position, in a stream of this run; false
 * </ul>
 */
public final class ReadySource extends AbstractPollableSource {
  private static final Logger log = LoggerFactory.getLogger(ReadySource.class);

  private int batchSize;
  private @Nullable Supply supply;

  @Override
  protected void doConfigure(Context context) {
    Settings settings = new Settings("source " + getName(), context);
    int size = settings.integer("batchSize", 1_000, 1);
    long events = settings.number("events", 1_000_000, 1);
    int bytes = settings.integer("bytes", 200, 8);
    boolean positioned = settings.flag("positioned", false);
    supply =
        settings.complete(
            () ->
                new Supply(
                    new ReadyBodies(bytes),
                    events,
                    positioned ? UUID.randomUUID().toString() : null));
    batchSize = size;
  }

  @Override
  protected void doStart() {}

  @Override
  protected void doStop() {}

  @Override
  protected Status doProcess() {
    Supply ready = Objects.requireNonNull(supply, "Flume configures before it polls");
    if (ready.isEmpty()) {
      return Status.BACKOFF;
    }
    List<Event> batch = ready.batch(batchSize);
    getChannelProcessor().processEventBatch(batch);
    ready.advance(batch.size());
    if (ready.isEmpty()) {
      log.info("Source {}: {}", getName(), LogLines.ALL_PUT);
    }
    return Status.READY;
  }
}
