package io.flafka.kafka.consume;

import io.flafka.delivery.Span;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flume.ChannelException;
import org.apache.kafka.common.TopicPartition;

/**
 * Partitions that a rebalance took away in the middle of a transaction that nobody hands over. The
 * same rebalance may bring them back. For one thread.
 */
final class Losses {
  /** Given away in a rebalance that isn't over. */
  private final Map<TopicPartition, Span> inTheAir = new HashMap<>();

  private final Set<String> lost = new TreeSet<>();

  /** Some of it is taken, and it may come back. */
  void mayBe(TopicPartition partition, Span taken) {
    inTheAir.put(partition, taken);
  }

  /** Some of it is taken, and another member takes it again. */
  void add(TopicPartition partition, Span taken) {
    lost.add(partition + " from offset " + taken.from());
  }

  /** Whether a rebalance that isn't over decides on any. */
  boolean areOpen() {
    return !inTheAir.isEmpty();
  }

  /** A rebalance is over; returns what came back, and counts the rest as lost. */
  Map<TopicPartition, Span> settle(Collection<TopicPartition> assigned) {
    Map<TopicPartition, Span> back = new HashMap<>(inTheAir);
    back.keySet().retainAll(assigned);
    inTheAir.keySet().removeAll(assigned);
    inTheAir.forEach(this::add);
    inTheAir.clear();
    return back;
  }

  void clear() {
    inTheAir.clear();
    lost.clear();
  }

  /**
   * Makes sure that there are none.
   *
   * @throws ChannelException if there are
   */
  void failIfAny() {
    if (!lost.isEmpty()) {
      throw new ChannelException(
          "The consumer group gave away "
              + lost
              + " in the middle of a transaction, so it can't be committed; the events will be"
              + " taken again. If members don't come and go, this one is too slow: raise"
              + " kafka.consumer.max.poll.interval.ms");
    }
  }
}
