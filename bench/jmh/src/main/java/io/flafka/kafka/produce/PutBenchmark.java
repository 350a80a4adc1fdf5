package io.flafka.kafka.produce;

import io.flafka.bench.jmh.PerEvent;
import io.flafka.bench.jmh.StockValues;
import io.flafka.bench.jmh.Weblog;
import io.flafka.kafka.record.EventMapping;
import io.flafka.kafka.record.HeaderChoice;
import io.flafka.kafka.record.PartitionChoice;
import io.flafka.kafka.record.RecordMapping;
import io.flafka.kafka.record.ValueFormat;
import java.io.IOException;
import java.util.LinkedList;
import java.util.List;
import java.util.Optional;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/** Events into records, which a transaction keeps until it is committed. */
public class PutBenchmark extends PerEvent {
  private static final String TOPIC = "weblogs";
  private static final int LARGEST = 1 << 20;

  private final List<Event> events = Weblog.events(1);

  @Param public ValueFormat values;

  private EventMapping mapping;
  private EventBatch batch;
  private StockValues stockValues;

  @Setup
  public void make() {
    boolean flumeEvents = values == ValueFormat.FLUME_EVENT;
    Destination destination = new Destination.Topic(TOPIC);
    mapping =
        new EventMapping(
            values,
            new PartitionChoice(null, null),
            flumeEvents ? null : RecordMapping.TIMESTAMP,
            HeaderChoice.NONE);
    RecordCheck check =
        new RecordCheck(
            LARGEST,
            Optional.empty(),
            new KnownTopics(topic -> 1, System::nanoTime),
            destination.fixed());
    batch =
        new EventBatch(
            new AtLeastOnceSender(
                () ->
                    new MockProducer<>(
                        true, null, new ByteArraySerializer(), new ByteArraySerializer())),
            new EventRecords(destination, mapping, check, new MarkedEvents(false), null));
    stockValues = new StockValues(flumeEvents);
  }

  /** What the channel does, and the sink. */
  @Benchmark
  public boolean flafka() {
    for (Event event : events) {
      batch.add(event);
    }
    boolean empty = batch.isEmpty();
    batch.clear();
    return empty;
  }

  /** The record alone, unchecked. */
  @Benchmark
  public void mapped(Blackhole blackhole) {
    for (Event event : events) {
      blackhole.consume(mapping.record(TOPIC, event));
    }
  }

  /** What stock Flume's channel does, which checks nothing and gives a bare line no time. */
  @Benchmark
  @SuppressWarnings("JdkObsolete") // Stock Flume's choice.
  public List<ProducerRecord<String, byte[]>> stock() throws IOException {
    List<ProducerRecord<String, byte[]>> records = new LinkedList<>();
    for (Event event : events) {
      String key = event.getHeaders().get(RecordMapping.KEY);
      records.add(new ProducerRecord<>(TOPIC, key, stockValues.encode(event)));
    }
    return records;
  }
}
