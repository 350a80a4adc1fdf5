package io.flafka.tools.rescue;

import io.flafka.tools.command.Brokers;
import io.flafka.tools.command.CommandException;
import java.io.Closeable;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The one member of a consumer group, who has all of a topic, takes nothing of it and commits
 * nothing new. Who joins meanwhile waits until it is closed: it never polls again, and its
 * heartbeats go on.
 *
 * <p>For one thread.
 */
final class SoleMember implements Closeable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Consumer<byte[], byte[]> consumer;

  private SoleMember(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /**
   * Joins a group that has no member.
   *
   * @throws CommandException if somebody else is a member by now, or the group takes too long
   */
  static SoleMember join(Brokers brokers, String group, String topic)
      throws CommandException, InterruptedException {
    int all = brokers.topic(topic).partitions().size();
    SoleMember member = new SoleMember(brokers.member(group));
    try {
      member.join(group, topic, all);
      return member;
    } catch (CommandException | RuntimeException e) {
      try (member) {
        throw e;
      }
    }
  }

  private void join(String group, String topic, int all) throws CommandException {
    consumer.subscribe(List.of(topic), new Pausing());
    long start = System.nanoTime();
    while (consumer.assignment().isEmpty()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new CommandException(
            "the group "
                + group
                + " has given this command no partition for "
                + PATIENCE.toSeconds()
                + " s: if a sink has joined it, that finishes what is left; else try again");
      }
      consumer.poll(POLL);
    }
    if (consumer.assignment().size() < all) {
      throw new CommandException(
          "a sink has joined the group " + group + " just now: it finishes what is left by itself");
    }
  }

  Set<TopicPartition> partitions() {
    return Set.copyOf(consumer.assignment());
  }

  /** What the group has committed of them. */
  Map<TopicPartition, OffsetAndMetadata> committed() throws CommandException {
    try {
      Map<TopicPartition, OffsetAndMetadata> committed =
          new HashMap<>(consumer.committed(consumer.assignment()));
      committed.values().removeIf(offset -> offset == null);
      return committed;
    } catch (KafkaException e) {
      throw Brokers.failed("can't read the group's offsets", Brokers.advice(e), e);
    }
  }

  /**
   * Commits again what is committed, which the group refuses if this is no member any more.
   *
   * @throws KafkaException if it does
   */
  void confirm(Map<TopicPartition, OffsetAndMetadata> committed) {
    if (!committed.isEmpty()) {
      consumer.commitSync(committed);
    }
  }

  /** Leaves the group. */
  @Override
  public void close() {
    consumer.close();
  }

  /** Sees to it that nothing is fetched. */
  private final class Pausing implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      consumer.pause(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
  }
}
