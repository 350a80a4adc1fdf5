package io.flafka;

import static java.util.Comparator.comparingInt;

import io.flafka.testbed.Broker;
import io.flafka.testbed.TopicDump;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is in a topic of an event, but for the record's time.
 *
 * @param headers each {@code name=value}
 */
record Sent(int partition, String key, String value, List<String> headers) {
  private static final int ANY = -1;
  private static final long IN_2020 = 1577836800000L;

  /** All of a topic, partition by partition in the order of their offsets. */
  static List<Sent> raw(Broker broker, String topic) {
    return TopicDump.records(broker, topic).stream()
        .map(record -> of(record, Bytes.text(record.value())))
        .sorted(comparingInt(Sent::partition))
        .toList();
  }

  /** The same of a topic whose values are {@link Wrapped}. */
  static List<Sent> wrapped(Broker broker, String topic) throws IOException {
    List<Sent> all = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : TopicDump.records(broker, topic)) {
      all.add(of(record, Wrapped.text(record.value())));
    }
    all.sort(comparingInt(Sent::partition));
    return all;
  }

  private static Sent of(ConsumerRecord<byte[], byte[]> record, String value) {
    return new Sent(
        record.partition(),
        Bytes.text(record.key()),
        value,
        StreamSupport.stream(record.headers().spliterator(), false)
            .map(header -> header.key() + "=" + Bytes.text(header.value()))
            .toList());
  }

  /** How many records of a topic are from before 2020. */
  static long longAgo(Broker broker, String topic) {
    return TopicDump.of(broker, topic).stream().filter(row -> row.timestamp() < IN_2020).count();
  }

  /** The same without the partition, if the key doesn't say which: then chance does. */
  Sent whereChosen() {
    return key.equals(Bytes.text(null)) ? new Sent(ANY, key, value, headers) : this;
  }
}
