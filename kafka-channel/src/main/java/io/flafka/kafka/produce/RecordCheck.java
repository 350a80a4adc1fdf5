package io.flafka.kafka.produce;

import io.flafka.delivery.RefusedEventException;
import java.time.Instant;
import java.util.Optional;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Finds a record that can never be sent, before its neighbours are. Sent together, they would be in
 * the topic once for every time that the source tries again. For any number of threads.
 */
final class RecordCheck {
  /**
   * What the producer adds at most to a record's key and value when it weighs it: 61 bytes of a
   * batch's header and 21 of a record's, and the lengths of key, value and headers (message format
   * v2; {@code AbstractRecords.estimateSizeInBytesUpperBound} of kafka-clients 4.3.1).
   */
  private static final int OVERHEAD = 61 + 21 + 5 + 5 + 1;

  /** What a header's two lengths take, and their count, each a varint. */
  private static final int HEADER_OVERHEAD = 5 + 5 + 5;

  private final int largest;
  private final @Nullable Ahead ahead;
  private final KnownTopics topics;
  private final String fixed;

  /**
   * @param largest the producer's {@code max.request.size}, in bytes
   * @param ahead how far ahead of now records may be; empty if that is left to the broker
   * @param fixed the topic that the configuration names, which is there sooner or later; empty if
   *     events name theirs
   */
  RecordCheck(int largest, Optional<Ahead> ahead, KnownTopics topics, Optional<String> fixed) {
    this.largest = largest;
    this.ahead = ahead.orElse(null);
    this.topics = topics;
    this.fixed = fixed.orElse("");
  }

  /**
   * Checks the record that an event became.
   *
   * @throws RefusedEventException if there is no such topic or partition, the record is larger than
   *     a request, or its time too far ahead
   * @throws ChannelException if that can't be known now
   */
  void check(ProducerRecord<byte[], byte[]> record, Event event) {
    if (!record.topic().equals(fixed)) {
      checkTopic(record.topic(), event);
    }
    if (record.partition() != null) {
      checkPartition(record.topic(), record.partition(), event);
    }
    Long time = record.timestamp();
    if (ahead != null && time != null && !ahead.allows(time)) {
      throw new RefusedEventException(
          "An event of "
              + Instant.ofEpochMilli(time)
              + " is more than kafka.timestamp.after.max.ms = "
              + ahead.most().toMillis()
              + " ahead of now, and was not put: correct whatever sets its time, or raise that and"
              + " message.timestamp.after.max.ms of topic "
              + record.topic(),
          event);
    }
    long size = OVERHEAD + sizeOf(record.key()) + (long) sizeOf(record.value());
    for (Header header : record.headers()) {
      size += HEADER_OVERHEAD + 3L * header.key().length() + sizeOf(header.value());
    }
    if (size > largest) {
      throw new RefusedEventException(
          "An event takes "
              + size
              + " bytes as a record of topic "
              + record.topic()
              + " and was not put: raise kafka.producer.max.request.size = "
              + largest
              + " here and max.message.bytes of the topic",
          event);
    }
  }

  private void checkTopic(String topic, Event event) {
    if (!topics.has(topic)) {
      throw new RefusedEventException(
          "An event is meant for topic "
              + topic
              + ", which is not there, and was not put: create the topic, or correct the header or"
              + " the escapes in kafka.topic that name it",
          event);
    }
  }

  private void checkPartition(String topic, int partition, Event event) {
    int count = topics.partitions(topic, partition);
    if (partition >= count) {
      throw new RefusedEventException(
          "An event is meant for partition "
              + partition
              + " of topic "
              + topic
              + ", which has "
              + count
              + " partitions, and was not put: correct defaultPartitionId or the header that"
              + " partitionIdHeader names, or add partitions",
          event);
    }
  }

  private static int sizeOf(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
