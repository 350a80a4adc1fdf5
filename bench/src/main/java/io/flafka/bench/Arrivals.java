package io.flafka.bench;

import io.flafka.bench.load.ClientSettings;
import io.flafka.bench.load.ReadyBodies;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How often each ready body is in a topic, against how often it should be. For one thread. */
final class Arrivals {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ReadyBodies bodies;
  private final long[] count = new long[ReadyBodies.SIZE];
  private long strange;

  Arrivals(ReadyBodies bodies) {
    this.bodies = bodies;
  }

  /** Counts the value of a record. */
  void add(byte[] value) {
    int number = bodies.numberIn(value);
    if (number < 0) {
      strange++;
    } else {
      count[number]++;
    }
  }

  /** Counts all committed records of a topic. */
  Arrivals read(String bootstrapServers, String topic) {
    Map<String, Object> settings = new HashMap<>(ClientSettings.CONSUMER);
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      Set<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .collect(Collectors.toSet());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long lastRead = System.nanoTime();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          add(record.value());
          lastRead = System.nanoTime();
        }
        if (System.nanoTime() - lastRead > PATIENCE.toNanos()) {
          throw new IllegalStateException("topic " + topic + " can't be read to its end");
        }
      }
    }
    return this;
  }

  /**
   * Compares with what was put.
   *
   * @throws IllegalStateException if it isn't just that, with the differences
   */
  void check(long events) {
    long lost = 0;
    long doubled = 0;
    for (int number = 0; number < count.length; number++) {
      long put = events / count.length + (number < events % count.length ? 1 : 0);
      lost += Math.max(0, put - count[number]);
      doubled += Math.max(0, count[number] - put);
    }
    if (lost + doubled + strange > 0) {
      throw new IllegalStateException(
          "of %,d events, %,d are lost and %,d doubled; %,d records are none of them"
              .formatted(events, lost, doubled, strange));
    }
  }
}
