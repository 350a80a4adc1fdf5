package io.flafka.kafka.consume;

import io.flafka.kafka.record.Origin;
import io.flafka.kafka.record.Payload;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What one poll returned of one partition; always has a record left. For one thread. */
final class Slice {
  private final TopicPartition partition;
  private final Origin origin;
  private final List<ConsumerRecord<byte[], Payload>> records;
  private final Progress progress;
  private int at;

  Slice(
      TopicPartition partition,
      Origin origin,
      List<ConsumerRecord<byte[], Payload>> records,
      Progress progress) {
    this.partition = partition;
    this.origin = origin;
    this.records = records;
    this.progress = progress;
  }

  TopicPartition partition() {
    return partition;
  }

  /** Where its events come from. */
  Origin origin() {
    return origin;
  }

  ConsumerRecord<byte[], Payload> first() {
    return records.get(at);
  }

  /** Takes the first record; false if it was the last. */
  boolean advance() {
    progress.took(records.get(at).offset());
    return ++at < records.size();
  }
}
