package io.flafka.kafka.produce;

import io.flafka.kafka.client.Remedy;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/** Asks a producer for the number of a topic's partitions. */
final class Partitions {
  private Partitions() {}

  static int of(Producer<byte[], byte[]> producer, String topic) {
    try {
      return producer.partitionsFor(topic).size();
    } catch (KafkaException | IllegalStateException e) {
      throw new ChannelException(
          "The partitions of topic "
              + topic
              + " are unknown, so an event was not put: "
              + Remedy.describe(e),
          e);
    }
  }
}
