package io.flafka.kafka.consume;

import java.util.Collection;
import java.util.Map;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a reader goes on when the offset that it should go on from isn't there. */
final class Positions {
  private static final Logger log = LoggerFactory.getLogger(Positions.class);

  private final Consumer<?, ?> consumer;
  private final ReaderSettings settings;

  Positions(Consumer<?, ?> consumer, ReaderSettings settings) {
    this.consumer = consumer;
    this.settings = settings;
  }

  /** The group holds no offset of these. */
  void begin(Collection<TopicPartition> partitions) {
    settings.beginning().seek(consumer, partitions);
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
}
