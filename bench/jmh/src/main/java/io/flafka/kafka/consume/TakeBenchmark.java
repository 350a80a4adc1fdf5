package io.flafka.kafka.consume;

import io.flafka.bench.jmh.PerEvent;
import io.flafka.bench.jmh.StockValues;
import io.flafka.bench.jmh.Weblog;
import io.flafka.kafka.record.HeaderChoice;
import io.flafka.kafka.record.Origin;
import io.flafka.kafka.record.Payload;
import io.flafka.kafka.record.PayloadDeserializer;
import io.flafka.kafka.record.RecordMapping;
import io.flafka.kafka.record.ValueFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.Event;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Utils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Records that were fetched, into the events that a sink takes, which asks for their headers and
 * bodies. The values are buffers on what a broker sent, as the consumer gives them to
 * deserializers.
 */
public class TakeBenchmark extends PerEvent {
  private static final TopicPartition PARTITION = new TopicPartition("weblogs", 0);
  private static final long TIME = 1_379_203_200_000L;
  private static final Headers NONE = new RecordHeaders();

  @Param public ValueFormat format;

  private List<ByteBuffer> values;
  private PayloadDeserializer deserializer;
  private Fetched fetched;
  private StockValues stockValues;

  @Setup
  public void make() {
    List<Event> events = Weblog.events(1);
    values = events.stream().map(event -> ByteBuffer.wrap(format.encode(event))).toList();
    deserializer = new PayloadDeserializer(format);
    boolean flumeEvents = format == ValueFormat.FLUME_EVENT;
    RecordMapping.Time time = flumeEvents ? RecordMapping.Time.NONE : RecordMapping.Time.CREATED;
    RecordMapping mapping = new RecordMapping(time, null, false, HeaderChoice.NONE);
    fetched =
        new Fetched(
            new Content(
                format,
                partition -> new Origin(partition.toString(), mapping),
                new Undecodable.Stop("localhost:9092", "group", "parseAsFlumeEvent")));
    stockValues = new StockValues(flumeEvents);
  }

  /** What consumer and channel do. */
  @Benchmark
  public void flafka(Blackhole blackhole) {
    List<ConsumerRecord<byte[], Payload>> records = new ArrayList<>(EVENTS);
    for (ByteBuffer value : values) {
      Payload payload = deserializer.deserialize(PARTITION.topic(), NONE, value.duplicate());
      records.add(record(records.size(), payload, value.remaining()));
    }
    fetched.add(PARTITION, records);
    for (Event event = fetched.peek(); event != null; event = fetched.peek()) {
      fetched.advance();
      blackhole.consume(event.getHeaders());
      blackhole.consume(event.getBody());
    }
    fetched.clear();
  }

  /** What they do with stock Flume's channel, which doesn't give a bare line its record's time. */
  @Benchmark
  @SuppressWarnings("JdkObsolete") // Stock Flume's choice.
  public List<Event> stock(Blackhole blackhole) throws IOException {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>(EVENTS);
    for (ByteBuffer buffer : values) {
      byte[] value = Utils.toArray(buffer);
      records.add(record(records.size(), value, value.length));
    }
    List<Event> events = new LinkedList<>();
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      Event event = stockValues.decode(record.value());
      offsets.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1, "a-transaction"));
      events.add(event);
      blackhole.consume(event.getHeaders());
      blackhole.consume(event.getBody());
    }
    blackhole.consume(offsets);
    return events;
  }

  /** A record without a key. */
  private static <K, V> ConsumerRecord<K, V> record(long offset, V value, int size) {
    return new ConsumerRecord<>(
        PARTITION.topic(),
        PARTITION.partition(),
        offset,
        TIME,
        TimestampType.CREATE_TIME,
        ConsumerRecord.NULL_SIZE,
        size,
        null,
        value,
        NONE,
        Optional.empty());
  }
}
