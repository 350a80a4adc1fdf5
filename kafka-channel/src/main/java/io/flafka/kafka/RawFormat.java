package io.flafka.kafka;

import org.apache.flume.Event;
import org.apache.flume.event.SimpleEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * {@code parseAsFlumeEvent = false}: the record's value is the event's body and nothing else, so
 * that any program can write and read it. A record without a value is an event with an empty body.
 *
 * <p>Of the headers, {@code key} travels as the record's key and {@value #TIMESTAMP} (milliseconds,
 * not negative) as the record's timestamp, so that raw lines still fall into buckets by their own
 * time; the others don't travel, as in stock Flume. An event that has no such header is stamped by
 * the producer. On the way out the header is set from the record, unless the topic stamps records
 * itself ({@code message.timestamp.type = LogAppendTime}).
 *
 * <p>The trap: a topic's {@code retention.ms} counts from these timestamps. A broker deletes
 * segments whose youngest event is older than that, taken or not, so old lines need a topic with
 * {@code retention.ms = -1} (limit {@code retention.bytes} instead), or one that stamps records
 * itself.
 */
record RawFormat() implements RecordFormat {
  /** The event header that holds the event's time. */
  static final String TIMESTAMP = "timestamp";

  @Override
  public ProducerRecord<byte[], byte[]> toRecord(
      String topic, @Nullable Integer partition, Event event) {
    Long timestamp = timestamp(event.getHeaders().get(TIMESTAMP));
    return new ProducerRecord<>(
        topic, partition, timestamp, RecordFormat.key(event), event.getBody());
  }

  @Override
  public Event toEvent(ConsumerRecord<byte[], byte[]> record) {
    Event event = new SimpleEvent();
    event.setBody(record.value() == null ? new byte[0] : record.value());
    if (record.timestampType() == TimestampType.CREATE_TIME && record.timestamp() >= 0) {
      event.getHeaders().put(TIMESTAMP, Long.toString(record.timestamp()));
    }
    return RecordFormat.withKey(event, record.key());
  }

  private static @Nullable Long timestamp(@Nullable String header) {
    if (header == null) {
      return null;
    }
    try {
      long timestamp = Long.parseLong(header);
      return timestamp < 0 ? null : timestamp;
    } catch (NumberFormatException e) {
      return null; // Not a time, and no reason to hold up the event.
    }
  }
}
