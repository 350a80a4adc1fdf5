package io.flafka;

import static java.util.stream.Collectors.toMap;

import io.flafka.testbed.Broker;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Where topics end and groups are; partitions are named {@code topic-0}. */
final class Offsets {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Broker broker;

  Offsets(Broker broker) {
    this.broker = broker;
  }

  private interface Question<T> {
    KafkaFuture<T> ask(Admin admin);
  }

  /** What a group has committed. */
  Map<String, Long> committed(String group) throws Exception {
    return texts(
        answer(admin -> admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()),
        OffsetAndMetadata::offset);
  }

  /** What topics with as many partitions each will give their next record. */
  Map<String, Long> ends(int partitions, String... topics) throws Exception {
    Map<TopicPartition, OffsetSpec> latest =
        List.of(topics).stream()
            .flatMap(
                topic -> IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(topic, i)))
            .collect(toMap(partition -> partition, partition -> OffsetSpec.latest()));
    return texts(answer(admin -> admin.listOffsets(latest).all()), ListOffsetsResultInfo::offset);
  }

  /** How many partitions each member of a group has, the fewest first. */
  List<Integer> assigned(String group) throws Exception {
    return answer(admin -> admin.describeConsumerGroups(List.of(group)).all()).values().stream()
        .flatMap(description -> description.members().stream())
        .map(member -> member.assignment().topicPartitions().size())
        .sorted()
        .toList();
  }

  /** Moves groups that have no member. */
  void move(Collection<String> groups, TopicPartition partition, long offset) throws Exception {
    for (String group : groups) {
      answer(
          admin ->
              admin
                  .alterConsumerGroupOffsets(
                      group, Map.of(partition, new OffsetAndMetadata(offset)))
                  .all());
    }
  }

  /** Deletes a group, and so all that it has committed. */
  boolean forget(String group) throws Exception {
    answer(admin -> admin.deleteConsumerGroups(List.of(group)).all());
    return true;
  }

  /** Deletes what is before an offset, as retention does. */
  void expire(TopicPartition partition, long offset) throws Exception {
    answer(
        admin ->
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset))).all());
  }

  private <T> T answer(Question<T> question) throws Exception {
    try (Admin admin = broker.admin()) {
      return question.ask(admin).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static <T> Map<String, Long> texts(
      Map<TopicPartition, T> offsets, Function<T, Long> offset) {
    Map<String, Long> texts = new TreeMap<>();
    offsets.forEach((partition, value) -> texts.put(partition.toString(), offset.apply(value)));
    return texts;
  }
}
