package io.flafka.kafka.consume;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
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
   * The group's offsets of these are not in the topic. Goes on after a gap.
   *
   * @param isPending whether something was taken of a partition that is not committed. That has to
   *     be before the partition can begin anew
   * @return partitions that begin anew, with lower offsets, and where
   * @throws ChannelException if the configuration says to stop
   */
  Map<TopicPartition, Long> jump(
      Map<TopicPartition, Long> offsets, Predicate<TopicPartition> isPending) {
    Map<TopicPartition, Long> anew = new HashMap<>();
    consumer
        .beginningOffsets(offsets.keySet())
        .forEach(
            (partition, beginning) -> {
              long offset = offsets.getOrDefault(partition, beginning);
              if (offset < beginning) {
                goOn(partition, offset, beginning);
                consumer.seek(partition, beginning);
              } else if (!isPending.test(partition)) {
                goOn(partition, offset, beginning);
                anew.put(partition, beginning);
              }
            });
    return anew;
  }

  private void goOn(TopicPartition partition, long offset, long beginning) {
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
