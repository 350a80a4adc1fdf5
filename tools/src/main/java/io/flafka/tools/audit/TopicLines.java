package io.flafka.tools.audit;

import io.flafka.delivery.Span;
import io.flafka.hdfs.read.LandedLines;
import io.flafka.kafka.record.Payload;
import io.flafka.kafka.record.PayloadDeserializer;
import io.flafka.kafka.record.RecordEvent;
import io.flafka.kafka.record.ValueFormat;
import io.flafka.tools.command.Brokers;
import io.flafka.tools.command.CommandException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The lines of the committed records of a topic, as bodies of events. Each partition has its
 * reader, which goes on where it was, since manifests come in the order of their offsets.
 */
final class TopicLines implements Closeable {
  private final Brokers brokers;
  private final String topic;
  private final PayloadDeserializer values;
  private final Map<Integer, PartitionRecords> readers = new TreeMap<>();

  /** Is given a line, and the offset that it is from. */
  @FunctionalInterface
  interface Taker {
    void line(long record, byte[] bytes, int offset, int length) throws IOException;
  }

  TopicLines(Brokers brokers, String topic, ValueFormat format) {
    this.brokers = brokers;
    this.topic = topic;
    this.values = new PayloadDeserializer(format);
  }

  /**
   * Hands on the lines of a span. A value that is no event has none: it is nowhere in HDFS.
   *
   * @throws CommandException if the topic can't be read
   */
  void each(int partition, Span span, Taker taker) throws IOException {
    PartitionRecords reader = readers.get(partition);
    if (reader == null) {
      reader = PartitionRecords.open(brokers, topic, partition);
      readers.put(partition, reader);
    }
    reader.from(span.from());
    ConsumerRecord<byte[], byte[]> record = reader.nextBefore(span.to());
    while (record != null) {
      lines(record, taker);
      record = reader.nextBefore(span.to());
    }
  }

  private void lines(ConsumerRecord<byte[], byte[]> record, Taker taker) throws IOException {
    Payload payload = values.deserialize(topic, record.value());
    if (payload instanceof RecordEvent event) {
      byte[] body = event.getBody();
      LandedLines.body(
          body,
          0,
          body.length,
          (bytes, offset, length) -> taker.line(record.offset(), bytes, offset, length));
    }
  }

  @Override
  public void close() {
    readers.values().forEach(PartitionRecords::close);
  }
}
