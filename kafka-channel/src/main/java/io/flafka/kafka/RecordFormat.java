package io.flafka.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * How an event looks as a record of a topic. In every format the record's key is the event's header
 * {@value #KEY}, and records carry no headers of their own.
 *
 * <p>Stateless, for any thread.
 */
sealed interface RecordFormat permits FlumeEventFormat, RawFormat {
  /** The event header that holds the record's key. */
  String KEY = "key";

  ProducerRecord<byte[], byte[]> toRecord(String topic, @Nullable Integer partition, Event event);

  /**
   * Reads an event; its headers may be changed.
   *
   * @throws MalformedEventException if the record is no event in this format
   */
  Event toEvent(ConsumerRecord<byte[], byte[]> record) throws MalformedEventException;

  /** The record's key for an event; null if it has none. */
  static byte @Nullable [] key(Event event) {
    String key = event.getHeaders().get(KEY);
    return key == null ? null : key.getBytes(UTF_8);
  }

  /** Gives an event the key of the record that it came in; one that it brought is overwritten. */
  static Event withKey(Event event, byte @Nullable [] key) {
    if (key != null) {
      event.getHeaders().put(KEY, new String(key, UTF_8));
    }
    return event;
  }
}
