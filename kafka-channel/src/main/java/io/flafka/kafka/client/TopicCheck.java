package io.flafka.kafka.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks the cluster for a topic before anything relies on it, so that a wrong address, password or
 * name shows at the start and not in the first transaction.
 *
 * <p>It asks as a producer, because that makes a broker with {@code auto.create.topics.enable}
 * create the topic, as users of stock Flume expect.
 */
public final class TopicCheck {
  /** Long enough for a topic to be created; the agent waits meanwhile. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private TopicCheck() {}

  /**
   * How many partitions a topic has.
   *
   * @param key the one that names the topic
   * @param client how to reach the cluster
   * @throws FlumeException if the cluster can't be reached, or has no such topic and creates none
   */
  public static int partitions(String key, String topic, ClientProperties client) {
    try {
      Producer<byte[], byte[]> asking = KafkaClients.producer(properties(client));
      try {
        return asking.partitionsFor(topic).size();
      } finally {
        asking.close(Duration.ZERO); // A broker that hangs would hold it up.
      }
    } catch (KafkaException e) {
      throw new FlumeException(
          "Topic "
              + key
              + " = "
              + topic
              + " can't be reached at kafka.bootstrap.servers = "
              + client.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG).orElse("")
              + ": "
              + Remedy.describe(e, remedies(key, topic))
              + ". Nothing was put or taken",
          e);
    }
  }

  private static List<Remedy> remedies(String key, String topic) {
    String creation = key.equals(TopicCreation.TOPIC) ? ", or set topic.create = true" : "";
    return List.of(
        new Remedy(UnknownTopicOrPartitionException.class, "create topic " + topic + creation),
        new Remedy(InvalidTopicException.class, "a topic's name has letters, digits, . _ and -"));
  }

  private static Map<String, Object> properties(ClientProperties client) {
    Map<String, Object> properties = new TreeMap<>(client.connection("check"));
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LIMIT.toMillis());
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false); // Needs a right of its own.
    return properties;
  }
}
