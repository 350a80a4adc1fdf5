package io.flafka.bench;

import io.flafka.testbed.Broker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** How far topics and groups are, summed over the partitions. For any thread. */
final class Offsets implements AutoCloseable {
  static final int PARTITIONS = 4;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Admin admin;

  Offsets(Broker broker) {
    this.admin = broker.admin();
  }

  /** Just past the last records of a topic with as many partitions as most, committed or not. */
  long ends(String topic) {
    return ends(topic, PARTITIONS);
  }

  /** The same of one with so many partitions. */
  long ends(String topic, int partitions) {
    Map<TopicPartition, OffsetSpec> latest =
        IntStream.range(0, partitions)
            .boxed()
            .collect(
                Collectors.toMap(
                    partition -> new TopicPartition(topic, partition),
                    partition -> OffsetSpec.latest()));
    try {
      return get(admin.listOffsets(latest).all()).values().stream()
          .mapToLong(end -> end.offset())
          .sum();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Can't read the offsets of topic " + topic, e);
    }
  }

  /** How much of its topics a group has committed. */
  long committed(String group) {
    try {
      return get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
          .values()
          .stream()
          .mapToLong(committed -> committed == null ? 0 : committed.offset())
          .sum();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return 0;
      }
      throw new IllegalStateException("Can't read the offsets of group " + group, e);
    }
  }

  void deleteTopic(String topic) {
    try {
      get(admin.deleteTopics(List.of(topic)).all());
    } catch (ExecutionException e) {
      throw new IllegalStateException("Can't delete topic " + topic, e);
    }
  }

  private static <T> T get(KafkaFuture<T> answer) throws ExecutionException {
    try {
      return answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking the broker", e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("The broker didn't answer within " + LIMIT, e);
    }
  }

  @Override
  public void close() {
    admin.close(LIMIT);
  }
}
