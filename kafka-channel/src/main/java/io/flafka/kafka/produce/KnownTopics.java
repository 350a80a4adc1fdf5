package io.flafka.kafka.produce;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.apache.flume.ChannelException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Which topics there are, and with how many partitions. The cluster is asked once for each: topics
 * and partitions are added, seldom removed. For any number of threads.
 */
final class KnownTopics {
  /** A producer waits long for a topic, so it is not asked again and again for one. */
  private static final Duration MISSING = Duration.ofMinutes(1);

  private final ToIntFunction<String> cluster;
  private final LongSupplier nanos;
  private final Map<String, Integer> partitions = new ConcurrentHashMap<>();

  /** When it was seen that they are not there. */
  private final Map<String, Long> missing = new ConcurrentHashMap<>();

  /**
   * @param cluster says how many partitions a topic has; throws ChannelException
   */
  KnownTopics(ToIntFunction<String> cluster, LongSupplier nanos) {
    this.cluster = cluster;
    this.nanos = nanos;
  }

  /**
   * Whether there is such a topic, or was none a minute ago.
   *
   * @throws ChannelException if that can't be known now
   */
  boolean has(String topic) {
    if (partitions.containsKey(topic)) {
      return true;
    }
    Long since = missing.get(topic);
    if (since != null && nanos.getAsLong() - since < MISSING.toNanos()) {
      return false;
    }
    try {
      ask(topic);
      missing.remove(topic);
      return true;
    } catch (ChannelException e) {
      if (!isOfMissingTopic(e)) {
        throw e;
      }
      missing.put(topic, nanos.getAsLong());
      return false;
    }
  }

  /**
   * How many partitions a topic has; asks again if it was known to have no more than that.
   *
   * @throws ChannelException if that can't be known now
   */
  int partitions(String topic, int moreThan) {
    int known = partitions.getOrDefault(topic, 0);
    return known > moreThan ? known : ask(topic);
  }

  private int ask(String topic) {
    int count = cluster.applyAsInt(topic);
    partitions.put(topic, count);
    return count;
  }

  private static boolean isOfMissingTopic(@Nullable Throwable failure) {
    return failure != null
        && (failure instanceof UnknownTopicOrPartitionException
            || isOfMissingTopic(failure.getCause()));
  }
}
