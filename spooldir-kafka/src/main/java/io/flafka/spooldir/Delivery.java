package io.flafka.spooldir;

import java.util.ArrayList;
import java.util.List;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.instrumentation.SourceCounter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands batches to the channels, one transaction each, until they are accepted: whatever a channel
 * or an interceptor throws, the same batch is tried again, with growing waits. Each attempt starts
 * from the events as they were read. An {@link Error} is not caught.
 *
 * <p>For one thread.
 */
final class Delivery {
  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  private final ChannelProcessor channels;
  private final SourceCounter counter;
  private final Backoff backoff;
  private final StopSignal stop;
  private @Nullable Class<?> trouble;

  Delivery(ChannelProcessor channels, SourceCounter counter, Backoff backoff, StopSignal stop) {
    this.channels = channels;
    this.counter = counter;
    this.backoff = backoff;
    this.stop = stop;
  }

  /**
   * Delivers a batch.
   *
   * @return whether the channels accepted it; false only after a stop was asked for
   */
  boolean deliver(List<LineEvent> batch) {
    counter.addToEventReceivedCount(batch.size());
    counter.incrementAppendBatchReceivedCount();
    List<Event> attempt = new ArrayList<>(batch);
    while (!isAccepted(attempt)) {
      if (stop.await(backoff.next())) {
        return false;
      }
      attempt = new ArrayList<>(batch.size());
      for (LineEvent event : batch) {
        attempt.add(event.asRead());
      }
    }
    counter.addToEventAcceptedCount(batch.size());
    counter.incrementAppendBatchAcceptedCount();
    return true;
  }

  private boolean isAccepted(List<Event> attempt) {
    try {
      channels.processEventBatch(attempt);
    } catch (ChannelException e) {
      counter.incrementChannelWriteFail();
      if (isNews(e)) {
        log.warn(
            "the channel did not accept a batch ({}): it is tried again until it does; nothing is"
                + " lost",
            String.valueOf(e.getCause() == null ? e : e.getMessage() + ": " + e.getCause()));
      }
      return false;
    } catch (RuntimeException e) {
      counter.incrementGenericProcessingFail();
      if (isNews(e)) {
        log.error(
            "an interceptor or channel selector failed on a batch: it is tried again until it does"
                + " not; nothing is lost, but nothing goes on until that is put right",
            e);
      }
      return false;
    }
    relieve();
    return true;
  }

  /** One line for each kind of trouble, not for each attempt. */
  private boolean isNews(RuntimeException e) {
    boolean news = trouble != e.getClass();
    trouble = e.getClass();
    return news;
  }

  private void relieve() {
    if (trouble != null) {
      trouble = null;
      backoff.reset();
      log.info("the channel accepts events again");
    }
  }
}
