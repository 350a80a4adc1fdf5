package io.flafka.bench;

import io.flafka.bench.load.ClientSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Lines as a consumer of their topic sees them, who waits for what is committed. */
final class TopicTap implements Tap {
  private final Topics topics;
  private final String topic;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /** Of a topic from its beginning on. */
  TopicTap(Topics topics, String topic) {
    this.topics = topics;
    this.topic = topic;
    Map<String, Object> settings = new HashMap<>(ClientSettings.CONSUMER);
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, topics.bootstrapServers());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "1");
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(
        IntStream.range(0, Offsets.PARTITIONS)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList());
    consumer.seekToBeginning(consumer.assignment());
  }

  @Override
  public void take(Duration limit, Consumer<byte[]> lines) {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(limit)) {
      lines.accept(record.value());
    }
  }

  @Override
  public void close() {
    consumer.close();
    topics.offsets().deleteTopic(topic);
  }
}
