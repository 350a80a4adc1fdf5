package io.flafka.testbed;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How many records are in a topic that only grows. For one thread. */
public final class TopicCount implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Set<TopicPartition> partitions;
  private long counted;

  public TopicCount(String bootstrapServers, String topic, int partitions) {
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                "50000"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.partitions =
        IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .collect(Collectors.toUnmodifiableSet());
    consumer.assign(this.partitions);
    consumer.seekToBeginning(this.partitions);
  }

  /**
   * By their offsets, which costs next to nothing and is a little too much: ends of transactions
   * have offsets, too.
   */
  public long about() {
    return sum(consumer.endOffsets(partitions).values());
  }

  /**
   * One by one, committed ones only; those that were counted before aren't read again.
   *
   * @throws IllegalStateException if that takes a minute without any progress
   */
  public long exactly() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long moved = System.nanoTime();
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
      int more = consumer.poll(POLL).count();
      counted += more;
      if (more > 0) {
        moved = System.nanoTime();
      } else if (System.nanoTime() - moved > PATIENCE.toNanos()) {
        throw new IllegalStateException("the records of the topic can't be counted");
      }
    }
    return counted;
  }

  private static long sum(Collection<Long> offsets) {
    return offsets.stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
