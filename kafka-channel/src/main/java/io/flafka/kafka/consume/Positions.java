package io.flafka.kafka.consume;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a reader goes on when the offset that it should go on from isn't there. */
final class Positions {
  private static final Logger log = LoggerFactory.getLogger(Positions.class);

  private static final Beginning EARLIEST = new Beginning("earliest", InstantSource.system());

  private final Consumer<?, ?> consumer;
  private final ReaderSettings settings;

  /** How many partitions topics had at first; null if that is of no use. */
  private @Nullable Map<String, Integer> there;

  Positions(Consumer<?, ?> consumer, ReaderSettings settings) {
    this.consumer = consumer;
    this.settings = settings;
  }

  /**
   * The reader has got partitions. When they are its first ones, it looks which others there are.
   */
  void assigned() {
    if (there == null && settings.beginning().leavesOut()) {
      Map<String, Integer> counts = new HashMap<>();
      consumer.listTopics().forEach((topic, partitions) -> counts.put(topic, partitions.size()));
      there = counts;
    }
  }

  /**
   * The group holds no offset of these. Those that came after the reader's first ones were added
   * since, and nothing in them is left out.
   */
  void begin(Collection<TopicPartition> partitions) {
    Map<Boolean, List<TopicPartition>> byAge =
        partitions.stream().collect(Collectors.partitioningBy(this::isAdded));
    EARLIEST.seek(consumer, byAge.getOrDefault(true, List.of()));
    settings.beginning().seek(consumer, byAge.getOrDefault(false, List.of()));
  }

  private boolean isAdded(TopicPartition partition) {
    return there != null && partition.partition() >= there.getOrDefault(partition.topic(), 0);
  }

  /**
   * The group's offsets of these are not in the topic.
   *
   * @throws ChannelException if the configuration says to stop
   */
  void jump(Map<TopicPartition, Long> offsets) {
    consumer
        .beginningOffsets(offsets.keySet())
        .forEach(
            (partition, beginning) ->
                jump(partition, offsets.getOrDefault(partition, beginning), beginning));
  }

  private void jump(TopicPartition partition, long offset, long beginning) {
    String what =
        offset < beginning
            ? "The records of "
                + partition
                + " from offset "
                + offset
                + " to "
                + (beginning - 1)
                + " are gone: the topic's retention deleted them before they were taken"
            : "The group's offset "
                + offset
                + " of "
                + partition
                + " is past the partition's end: the topic was made anew";
    if (settings.gap() == Gap.STOP) {
      throw new ChannelException(
          what
              + ". Nothing more is taken from there. To go on at offset "
              + beginning
              + ", set "
              + Gap.KEY
              + " = continue, or reset the group's offsets with kafka-consumer-groups.sh while all"
              + " its agents are stopped");
    }
    log.warn("{}. Going on at offset {}, as {} says", what, beginning, Gap.KEY);
    consumer.seek(partition, beginning);
  }

  /** Records behind the consumer's position, partition by partition, as far as it knows. */
  Map<String, Long> lag() {
    Map<String, Long> lag = new TreeMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      consumer.currentLag(partition).ifPresent(records -> lag.put(partition.toString(), records));
    }
    return lag;
  }
}
