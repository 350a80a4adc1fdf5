package io.flafka.kafka.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/** Asks the cluster for a topic's id, which tells it from others that had its name before. */
public final class TopicId {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private TopicId() {}

  /**
   * The id. Takes the right to describe the topic, which whoever may read it has.
   *
   * @throws ChannelException if the cluster doesn't tell within ten seconds
   */
  public static Uuid of(String topic, ClientProperties client) throws InterruptedException {
    try (Admin admin = KafkaClients.admin(properties(client))) {
      return Objects.requireNonNull(
              admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic))
          .topicId();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ChannelException(
          "The id of topic " + topic + " can't be read: " + Remedy.describe(cause), e);
    }
  }

  private static Map<String, Object> properties(ClientProperties client) {
    Map<String, Object> properties = new TreeMap<>(client.connection("topic-id"));
    String limit = Long.toString(LIMIT.toMillis());
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, limit);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, limit);
    return properties;
  }
}
