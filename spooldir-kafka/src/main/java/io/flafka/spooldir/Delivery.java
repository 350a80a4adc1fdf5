package io.flafka.spooldir;

import io.flafka.spooldir.read.FileEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.instrumentation.SourceCounter;

/**
 * Hands batches to the channels, one transaction each, until they are accepted: whatever a channel
 * or an interceptor throws, the same batch is tried again, with growing waits. Each attempt starts
 * from the events as they were read. An {@link Error} is not caught.
 *
 * <p>For one thread.
 */
final class Delivery {
  private final ChannelProcessor channels;
  private final SourceCounter counter;
  private final Backoff backoff;
  private final StopSignal stop;
  private final Trouble trouble;

  Delivery(
      ChannelProcessor channels,
      SourceCounter counter,
      Backoff backoff,
      StopSignal stop,
      Trouble trouble) {
    this.channels = channels;
    this.counter = counter;
    this.backoff = backoff;
    this.stop = stop;
    this.trouble = trouble;
  }

  /**
   * Delivers a batch.
   *
   * @return whether the channels accepted it; false only after a stop was asked for
   */
  boolean deliver(List<FileEvent> batch) {
    counter.addToEventReceivedCount(batch.size());
    counter.incrementAppendBatchReceivedCount();
    List<Event> attempt = new ArrayList<>(batch);
    while (!isAccepted(attempt)) {
      if (stop.await(backoff.next())) {
        return false;
      }
      attempt = new ArrayList<>(batch.size());
      for (FileEvent event : batch) {
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
      trouble.channelFailed(e);
      return false;
    } catch (RuntimeException e) {
      counter.incrementGenericProcessingFail();
      trouble.processingFailed(e);
      return false;
    }
    trouble.over();
    backoff.reset();
    return true;
  }
}
