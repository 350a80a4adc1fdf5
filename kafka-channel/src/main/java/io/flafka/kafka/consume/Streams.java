package io.flafka.kafka.consume;

import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * What participants call the partitions of a topic that they take as one group:
 *
 * <pre>
 * GROUP/TOPIC-PARTITION@TOPIC_ID          flume/weblogs-3@vYdc6U2YTHaQLFBXqOZrZQ
 * </pre>
 *
 * <p>Groups have positions of their own in a topic. A topic that was deleted and made anew is
 * another one with another id, though the name is the same: its offsets mean other records.
 *
 * @param topicId as the cluster tells it
 */
public record Streams(String group, Uuid topicId) implements Function<TopicPartition, String> {
  @Override
  public String apply(TopicPartition partition) {
    return group + "/" + partition + "@" + topicId;
  }

  /**
   * What a name tells.
   *
   * @param topicId which of the topics that ever had the name, as text
   */
  public record Named(int partition, String topicId) {}

  /** Reads a name; empty if it is of another group or another topic. */
  public static Optional<Named> named(String stream, String group, String topic) {
    String prefix = group + "/" + topic + "-";
    int at = stream.lastIndexOf('@');
    if (!stream.startsWith(prefix) || at < prefix.length()) {
      return Optional.empty();
    }
    String partition = stream.substring(prefix.length(), at);
    // A topic's name may go on with a dash and other words.
    return partition.matches("\\d{1,9}")
        ? Optional.of(new Named(Integer.parseInt(partition), stream.substring(at + 1)))
        : Optional.empty();
  }
}
