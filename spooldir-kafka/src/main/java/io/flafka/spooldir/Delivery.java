package io.flafka.spooldir;

import io.flafka.delivery.PositionedEvent;
import io.flafka.delivery.RefusedEventException;
import io.flafka.spooldir.retire.Quarantine;
import io.flafka.spooldir.retire.RefusedEvent;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import org.apache.flume.ChannelException;
import org.apache.flume.ChannelFullException;
import org.apache.flume.Event;
import org.apache.flume.channel.ChannelProcessor;

/**
 * Hands batches to the channels, one transaction each, until they are accepted: whatever a channel
 * or an interceptor throws, the same batch is tried again, with growing waits. Each attempt starts
 * from the events as they were read. A batch that a channel is too full for, time and again, is
 * halved: it may be more than the channel ever holds. A channel that keeps positions ignores what
 * it has already. An event that a channel will never accept is kept elsewhere, if so configured,
 * and taken out; the rest is put in small parts. An {@link Error} is not caught.
 *
 * <p>For one thread.
 */
final class Delivery {
  /** How often a channel may be full before a batch is taken for too large. */
  private static final int PATIENCE = 6;

  private final ChannelProcessor channels;
  private final Optional<Quarantine> quarantine;
  private final SpoolDirSourceStats stats;
  private final Backoff backoff;
  private final StopSignal stop;
  private final Trouble trouble;
  private int full;

  /**
   * Makes a delivery.
   *
   * @param quarantine for events that a channel refuses; empty if they are tried again
   */
  Delivery(
      ChannelProcessor channels,
      Optional<Quarantine> quarantine,
      SpoolDirSourceStats stats,
      Backoff backoff,
      StopSignal stop,
      Trouble trouble) {
    this.channels = channels;
    this.quarantine = quarantine;
    this.stats = stats;
    this.backoff = backoff;
    this.stop = stop;
    this.trouble = trouble;
  }

  /**
   * Delivers a batch.
   *
   * @return whether the channels accepted it; false only after a stop was asked for
   */
  boolean deliver(Batch batch) {
    if (batch.size() == 0) {
      return true;
    }
    stats.addToEventReceivedCount(batch.size());
    stats.incrementAppendBatchReceivedCount();
    List<Event> attempt = batch.firstAttempt();
    int most = attempt.size();
    while (!attempt.isEmpty()) {
      int size = attempt.size();
      if (isAccepted(attempt, batch)) {
        batch.accept(size);
      } else if (stop.isRaised()) {
        return false;
      } else if (full >= PATIENCE) {
        most = Math.max(1, size / 2);
      } else if (batch.hasRefused()) {
        // Others may be refused, too, and each costs an attempt.
        most = Math.min(most, SpoolDirConfig.BATCH);
      }
      attempt = batch.attempt(most);
    }
    stats.addToEventAcceptedCount(batch.size());
    stats.incrementAppendBatchAcceptedCount();
    return true;
  }

  private boolean isAccepted(List<Event> attempt, Batch batch) {
    try {
      channels.processEventBatch(attempt);
    } catch (RefusedEventException e) {
      stats.incrementChannelWriteFail();
      if (!isKept(e, batch)) {
        trouble.channelFailed(e);
        stop.await(backoff.next());
      }
      return false;
    } catch (ChannelException e) {
      stats.incrementChannelWriteFail();
      full += e instanceof ChannelFullException ? 1 : 0;
      trouble.channelFailed(e);
      stop.await(backoff.next());
      return false;
    } catch (Exception e) {
      // Those that Java has checked, too: an interceptor need not be written in Java.
      stats.incrementGenericProcessingFail();
      trouble.processingFailed(e);
      stop.await(backoff.next());
      return false;
    }
    full = 0;
    trouble.over();
    backoff.reset();
    return true;
  }

  private boolean isKept(RefusedEventException refusal, Batch batch) {
    if (quarantine.isEmpty() || !(refusal.event() instanceof PositionedEvent event)) {
      return false;
    }
    int index = batch.indexOf(event.position());
    if (index < 0) {
      return false;
    }
    RefusedEvent refused = batch.describe(index, refusal);
    try {
      trouble.refused(refused, quarantine.get().keep(refused, batch.body(index)));
    } catch (IOException | InvalidPathException e) {
      trouble.notKept(refused, e);
      return false;
    }
    batch.refuse(index);
    stats.refused();
    return true;
  }
}
