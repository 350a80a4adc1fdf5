package io.flafka.kafka.client;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether a topic deletes records by their timestamps, which are those of the events: old
 * ones are gone before anybody takes them then.
 */
public final class RetentionCheck {
  private static final Logger log = LoggerFactory.getLogger(RetentionCheck.class);
  private static final int LIMIT_MILLIS = 10_000;
  private static final long DAY = Duration.ofDays(1).toMillis();

  private RetentionCheck() {}

  /**
   * What there is to say of a topic; nothing either where it can't be asked, which may take a right
   * of its own.
   */
  public static Optional<String> warning(String topic, ClientProperties client) {
    Map<String, Object> properties = new TreeMap<>(client.connection("check"));
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LIMIT_MILLIS / 2);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LIMIT_MILLIS);
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      Admin admin = KafkaClients.admin(properties);
      try {
        Map<ConfigResource, Config> found = admin.describeConfigs(Set.of(resource)).all().get();
        return warning(topic, Objects.requireNonNull(found.get(resource)));
      } finally {
        admin.close(Duration.ZERO);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException | KafkaException e) {
      log.debug("The retention of topic {} can't be looked at", topic, e);
      return Optional.empty();
    }
  }

  private static Optional<String> warning(String topic, Config config) {
    boolean deletes = value(config, TopicConfig.CLEANUP_POLICY_CONFIG).contains("delete");
    boolean byOwnTime =
        value(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).equals("CreateTime");
    String retention = value(config, TopicConfig.RETENTION_MS_CONFIG);
    if (!deletes || !byOwnTime || retention.isEmpty() || retention.startsWith("-")) {
      return Optional.empty();
    }
    return Optional.of(
        "topic "
            + topic
            + " keeps records for "
            + days(Long.parseLong(retention))
            + " from their timestamp, which is the event's own: older ones are deleted even if they"
            + " were not taken. For old events set retention.ms = -1 on the topic"
            + " (kafka-configs.sh --alter --topic "
            + topic
            + " --add-config retention.ms=-1)");
  }

  private static String value(Config config, String key) {
    ConfigEntry entry = config.get(key);
    return entry == null || entry.value() == null ? "" : entry.value();
  }

  private static String days(long millis) {
    return millis >= DAY && millis % DAY == 0 ? millis / DAY + " days" : millis + " ms";
  }
}
