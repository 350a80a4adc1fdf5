package io.flafka.kafka.consume;

import io.flafka.delivery.Span;
import io.flafka.kafka.client.Remedy;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;

/** Commits offsets. */
final class Commits {
  private Commits() {}

  /**
   * Commits what was taken.
   *
   * @throws RebalanceInProgressException if it is refused for now
   * @throws ChannelException if it failed
   */
  static void taken(Consumer<?, ?> consumer, Map<TopicPartition, Span> taken) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    taken.forEach((partition, span) -> offsets.put(partition, new OffsetAndMetadata(span.to())));
    try {
      uninterrupted(consumer, offsets);
    } catch (RebalanceInProgressException e) {
      throw e;
    } catch (KafkaException | IllegalStateException | ConcurrentModificationException e) {
      throw new ChannelException(
          "Committing the offsets "
              + offsets
              + " failed, so these events will be taken again: "
              + Remedy.describe(e),
          e);
    }
  }

  /** Flume interrupts the threads of sinks to stop them, which would leave the outcome unknown. */
  static void uninterrupted(
      Consumer<?, ?> consumer, Map<TopicPartition, OffsetAndMetadata> offsets) {
    try {
      consumer.commitSync(offsets);
    } catch (InterruptException e) {
      Thread.interrupted();
      try {
        consumer.commitSync(offsets); // Settles it: the same offsets, by the same member.
      } finally {
        Thread.currentThread().interrupt();
      }
    }
  }
}
