package io.flafka.kafka.consume;

import io.flafka.delivery.Span;
import java.util.ConcurrentModificationException;
import java.util.Map;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a reader has taken since its last commit: it is committed, by the reader alone or together
 * with what a {@link Handover} has made of it, or it is as if it had never been taken. For the
 * reader's thread.
 */
final class Uncommitted {
  private static final Logger log = LoggerFactory.getLogger(Uncommitted.class);

  private final Consumer<?, ?> consumer;
  private final Fetched fetched;
  private final Settlement settlement;
  private final Fence fence;
  private final ReaderWatch watch;

  Uncommitted(
      Consumer<?, ?> consumer,
      Fetched fetched,
      Settlement settlement,
      Fence fence,
      ReaderWatch watch) {
    this.consumer = consumer;
    this.fetched = fetched;
    this.settlement = settlement;
    this.fence = fence;
    this.watch = watch;
  }

  /**
   * Commits all of it, if there is any.
   *
   * @throws ChannelException if that failed, or isn't known
   * @throws RebalanceInProgressException if it is refused for now
   */
  void commit() {
    Map<TopicPartition, Span> taken = fetched.taken();
    if (taken.isEmpty()) {
      return;
    }
    try {
      if (settlement.isHandedOver()) {
        commitTogether(taken);
      } else {
        Commits.taken(consumer, taken);
        fetched.committed();
      }
    } catch (ChannelException e) {
      fence.note(e);
      throw e;
    }
  }

  private void commitTogether(Map<TopicPartition, Span> taken) {
    long start = System.nanoTime();
    settlement.commit(taken);
    fetched.committed();
    watch.committed(System.nanoTime() - start);
    if (settlement.isPending()) {
      goBack(); // Which is where it is, but for what was fetched.
    }
  }

  /**
   * Partitions are about to be another member's: commits what somebody hands over. Never throws.
   */
  void handOver() {
    if (settlement.isPending()) {
      return;
    }
    try {
      commit();
    } catch (RuntimeException e) {
      log.warn("Not handed over cleanly: what was taken comes again, unless it was committed", e);
      undo();
    }
  }

  /** Goes back to the last commit. Never throws. */
  void undo() {
    if (settlement.isPending()) {
      fetched.clear(); // It is found out where that was before anything is taken.
      return;
    }
    if (settlement.isHandedOver()) {
      discard();
    }
    goBack();
  }

  private void discard() {
    try {
      settlement.discard();
      watch.discarded();
    } catch (RuntimeException e) {
      log.warn("What was made of uncommitted events couldn't be discarded", e);
    }
  }

  private void goBack() {
    try {
      fetched.lastCommit().forEach(consumer::seek);
    } catch (KafkaException | IllegalStateException | ConcurrentModificationException e) {
      // Only a consumer that is closed, or just being, refuses to seek; it won't read on.
      log.warn(
          "Not gone back, since the consumer is closed; the next owner of {} begins there",
          fetched.lastCommit().keySet(),
          e);
    }
    fetched.clear();
  }
}
