package io.flafka.bench.load;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The least that a JVM can do to take events from a topic: poll and count.
 *
 * <p>{@code BareConsumer <bootstrap servers> <topic> <group> <events>}. Offsets are committed ten
 * times a second, which is how it is watched. It lives on when it has taken all, so that its time
 * and memory can be read.
 */
public final class BareConsumer {
  private BareConsumer() {}

  /** Takes the events. */
  public static void main(String[] arguments) throws InterruptedException {
    long events = Long.parseLong(arguments[3]);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            settings(arguments[0], arguments[2]),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(arguments[1]));
      long taken = 0;
      while (taken < events) {
        taken += consumer.poll(Duration.ofSeconds(1)).count();
      }
      consumer.commitSync();
      System.out.println(LogLines.taken(taken));
      new CountDownLatch(1).await();
    }
  }

  /** Those of a consumer that commits ten times a second by itself. */
  static Map<String, Object> settings(String bootstrapServers, String group) {
    Map<String, Object> settings = new HashMap<>(ClientSettings.CONSUMER);
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, "100");
    return settings;
  }
}
