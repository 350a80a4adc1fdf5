package io.flafka.kafka.client;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Where every Kafka client is made, and every class of Kafka's that reads configuration is first
 * touched.
 *
 * <p>Kafka looks classes up by name through the thread's context class loader. Under Flume that is
 * the application's, where Flume's own, older Kafka lies; so it is exchanged for this module's
 * loader while a client is made, and put back. Threads that a client starts inherit it.
 */
public final class KafkaClients {
  private KafkaClients() {}

  public static Producer<byte[], byte[]> producer(Map<String, Object> properties) {
    return inOwnLoader(
        () ->
            new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  public static Consumer<byte[], byte[]> consumer(Map<String, Object> properties) {
    return consumer(properties, new ByteArrayDeserializer());
  }

  /**
   * A consumer of typed values.
   *
   * @param values makes what the consumer hands out as values
   */
  public static <V> Consumer<byte[], V> consumer(
      Map<String, Object> properties, Deserializer<V> values) {
    return inOwnLoader(() -> new KafkaConsumer<>(properties, new ByteArrayDeserializer(), values));
  }

  public static Admin admin(Map<String, Object> properties) {
    return inOwnLoader(() -> Admin.create(properties));
  }

  /** What Kafka thinks of a producer's properties, key by key, without any network. */
  public static List<ConfigValue> judgeProducer(Map<String, String> properties) {
    return inOwnLoader(() -> ProducerConfig.configDef().validate(properties));
  }

  /** What Kafka thinks of a consumer's properties, key by key, without any network. */
  public static List<ConfigValue> judgeConsumer(Map<String, String> properties) {
    return inOwnLoader(() -> ConsumerConfig.configDef().validate(properties));
  }

  /** What Kafka takes where a producer's property is not set. */
  public static String producerDefault(String property) {
    return inOwnLoader(
        () -> String.valueOf(ProducerConfig.configDef().defaultValues().get(property)));
  }

  private static <T> T inOwnLoader(Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(KafkaClients.class.getClassLoader());
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
