package io.flafka.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestbedExtension.class)
class BrokerIT {
  @Test
  void keepsItsRecordsOverAKill(Broker broker) throws Exception {
    String topic = broker.createTopic("keeps-its-records", 1);
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(topic, "one".getBytes(StandardCharsets.UTF_8)))
          .get(30, TimeUnit.SECONDS);
      long killed = broker.process().pid();

      broker.kill();
      broker.restart();

      assertThat(broker.process().pid()).isNotEqualTo(killed);
      producer
          .send(new ProducerRecord<>(topic, "two".getBytes(StandardCharsets.UTF_8)))
          .get(30, TimeUnit.SECONDS);
    }
    try (Admin admin = broker.admin()) {
      TopicPartition partition = new TopicPartition(topic, 0);
      assertThat(
              admin
                  .listOffsets(Map.of(partition, OffsetSpec.latest()))
                  .partitionResult(partition)
                  .get(30, TimeUnit.SECONDS)
                  .offset())
          .isEqualTo(2);
    }
  }
}
