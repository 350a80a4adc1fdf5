package io.flafka.kafka.consume;

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
}
