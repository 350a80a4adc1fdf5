package io.flafka.kafka.consume;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** Commits offsets. */
final class Commits {
  private Commits() {}

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
