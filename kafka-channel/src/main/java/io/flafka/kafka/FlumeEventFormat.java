package io.flafka.kafka;

import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * {@code parseAsFlumeEvent = true}: the record's value holds headers and body, as {@link
 * FlumeEventCodec} writes them. Byte by byte what stock Flume writes, so that old and new agents
 * can share a topic. The record's timestamp is left to Kafka.
 */
record FlumeEventFormat() implements RecordFormat {
  @Override
  public ProducerRecord<byte[], byte[]> toRecord(
      String topic, @Nullable Integer partition, Event event) {
    byte[] value = FlumeEventCodec.encode(event.getHeaders(), event.getBody());
    return new ProducerRecord<>(topic, partition, RecordFormat.key(event), value);
  }

  @Override
  public Event toEvent(ConsumerRecord<byte[], byte[]> record) throws MalformedEventException {
    if (record.value() == null) {
      throw new MalformedEventException("it has no value");
    }
    return RecordFormat.withKey(FlumeEventCodec.decode(record.value()), record.key());
  }
}
