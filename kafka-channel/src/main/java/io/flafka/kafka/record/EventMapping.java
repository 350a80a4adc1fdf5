package io.flafka.kafka.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * How an event becomes a record. Its header {@value RecordMapping#KEY} becomes the record's key.
 *
 * @param values what of it is in the record's value
 * @param partitions which partition it goes to
 * @param timestampHeader the header whose time (milliseconds since 1970, not negative) becomes the
 *     record's; null, or an event without one, leaves that to the producer
 * @param headers which headers become the record's
 */
public record EventMapping(
    ValueFormat values,
    PartitionChoice partitions,
    @Nullable String timestampHeader,
    HeaderChoice headers) {
  /**
   * Makes the record.
   *
   * @throws ChannelException if the event names a partition that can't be
   */
  public ProducerRecord<byte[], byte[]> record(String topic, Event event) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic, partitions.of(event), timestamp(event), key(event), values.encode(event));
    if (!headers.isNone()) {
      headers.write(event.getHeaders(), record.headers());
    }
    return record;
  }

  private static byte @Nullable [] key(Event event) {
    String key = event.getHeaders().get(RecordMapping.KEY);
    return key == null ? null : key.getBytes(UTF_8);
  }

  private @Nullable Long timestamp(Event event) {
    String text = timestampHeader == null ? null : event.getHeaders().get(timestampHeader);
    if (text == null) {
      return null;
    }
    try {
      long timestamp = Long.parseLong(text);
      return timestamp < 0 ? null : timestamp;
    } catch (NumberFormatException e) {
      return null; // Not a time, and no reason to hold up the event.
    }
  }
}
