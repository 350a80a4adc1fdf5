package io.flafka.kafka.produce;

import io.flafka.delivery.DeadLetterMark;
import io.flafka.delivery.RefusedEventException;
import io.flafka.kafka.record.EventMapping;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes of events records that can be sent. For any number of threads.
 *
 * @param destination which topic an event goes to
 * @param mapping how an event becomes a record
 * @param check what a record must be to be sent
 * @param marks what becomes of events that an interceptor marked as dead letters
 * @param deadLetters takes events that can never be sent; null if they are refused
 */
record EventRecords(
    Destination destination,
    EventMapping mapping,
    RecordCheck check,
    MarkedEvents marks,
    @Nullable DeadLetterTopic deadLetters) {
  /**
   * The record of an event; null if it can never be sent and is a dead letter now.
   *
   * @throws RefusedEventException if it can never be sent, and nothing takes it
   * @throws ChannelException if it can't be sent or taken now
   */
  @Nullable ProducerRecord<byte[], byte[]> of(Event event) {
    String topic = null;
    try {
      topic = destination.of(event);
      marks.check(event);
      ProducerRecord<byte[], byte[]> record = mapping.record(topic, event);
      check.check(record, event);
      return record;
    } catch (RefusedEventException e) {
      if (deadLetters == null) {
        throw e;
      }
      byte[] value = mapping.values().encode(DeadLetterMark.without(event));
      deadLetters.take(event, value, topic, e);
      return null;
    }
  }
}
