package io.flafka.kafka.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * What of a record becomes an event's headers, beside those in its value, as stock Flume's Kafka
 * source has it: the record's key, as header {@value #KEY}, and the chosen headers of the record
 * win over what the event brought; the time and the place only fill in.
 *
 * @param timestamp which of the record's times becomes the header {@value #TIMESTAMP}
 * @param topicHeader the header for the topic's name; null for none
 * @param place whether headers {@value #PARTITION} and {@value #OFFSET} are set
 * @param headers which of the record's headers
 */
public record RecordMapping(
    Time timestamp, @Nullable String topicHeader, boolean place, HeaderChoice headers) {
  /** The event header that holds the record's key. */
  public static final String KEY = "key";

  /** The event header that holds a time, in milliseconds since 1970. */
  public static final String TIMESTAMP = "timestamp";

  public static final String PARTITION = "partition";
  public static final String OFFSET = "offset";

  /** Which times of records are told. */
  public enum Time {
    NONE,

    /** Only one that its producer gave it, not one that the broker stamped it with. */
    CREATED,

    ANY
  }

  void addHeaders(ConsumerRecord<byte[], Payload> record, Map<String, String> to) {
    if (!headers.isNone()) {
      headers.read(record.headers(), to);
    }
    if (record.key() != null) {
      to.put(KEY, new String(record.key(), UTF_8));
    }
    if (topicHeader != null) {
      to.putIfAbsent(topicHeader, record.topic());
    }
    if (place) {
      to.putIfAbsent(PARTITION, Integer.toString(record.partition()));
      to.putIfAbsent(OFFSET, Long.toString(record.offset()));
    }
    if (isTold(record) && !to.containsKey(TIMESTAMP)) {
      to.put(TIMESTAMP, Long.toString(record.timestamp()));
    }
  }

  private boolean isTold(ConsumerRecord<byte[], Payload> record) {
    return switch (timestamp) {
      case NONE -> false;
      case CREATED ->
          record.timestampType() == TimestampType.CREATE_TIME && record.timestamp() >= 0;
      case ANY -> record.timestamp() >= 0;
    };
  }
}
