package io.flafka.kafka.consume;

import io.flafka.config.Settings;
import java.time.Duration;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a group begins in a partition that it holds no offset of: {@code auto.offset.reset}, which
 * is kept from the consumer itself, because that would also jump over what retention has deleted,
 * without a word.
 *
 * @param reset {@code earliest}, {@code latest}, {@code none} or {@code by_duration:<ISO-8601>}
 */
public record Beginning(String reset, InstantSource clock) {
  /** The key that says it. */
  public static final String KEY = "kafka.consumer." + ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;

  private static final String BY_DURATION = "by_duration:";

  /** Checks the value as Kafka would. */
  public Beginning {
    if (reset.startsWith(BY_DURATION)) {
      back(reset);
    } else if (!reset.equals("earliest") && !reset.equals("latest") && !reset.equals("none")) {
      throw new IllegalArgumentException(reset + " is unknown");
    }
  }

  /**
   * Reads the key.
   *
   * @param usual what it is if it isn't set
   */
  public static Beginning parse(Settings settings, String usual) {
    return settings.parsed(
        KEY,
        new Beginning(usual, InstantSource.system()),
        reset -> new Beginning(reset, InstantSource.system()),
        "earliest, latest, none or by_duration:<ISO-8601 duration>");
  }

  /** Whether records that are there before the group are not for it. */
  boolean leavesOut() {
    return reset.equals("latest") || reset.startsWith(BY_DURATION);
  }

  /** Moves the consumer to where the group begins in these partitions. */
  void seek(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      return; // To Kafka, none are all.
    }
    switch (reset) {
      case "earliest" -> consumer.seekToBeginning(partitions);
      case "latest" -> consumer.seekToEnd(partitions);
      case "none" ->
          throw new ChannelException(
              "The consumer group holds no offset of "
                  + partitions
                  + ", and kafka.consumer.auto.offset.reset = none forbids to choose one: give it"
                  + " offsets with kafka-consumer-groups.sh --reset-offsets, or set earliest");
      default -> seekBack(consumer, partitions);
    }
  }

  private void seekBack(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    long time = clock.instant().minus(back(reset)).toEpochMilli();
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, time));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp offset = found.get(partition);
      if (offset == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, offset.offset());
      }
    }
  }

  private static Duration back(String reset) {
    try {
      return Duration.parse(reset.substring(BY_DURATION.length()));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(reset + " holds no ISO-8601 duration", e);
    }
  }
}
