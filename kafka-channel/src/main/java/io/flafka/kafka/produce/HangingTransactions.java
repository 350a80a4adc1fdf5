package io.flafka.kafka.produce;

import io.flafka.kafka.client.ClientProperties;
import io.flafka.kafka.client.KafkaClients;
import io.flafka.kafka.client.Remedy;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what the cluster has forgotten to end. A broker that was killed can come back with a
 * transaction that is over for its coordinator and still open in a partition (seen with Kafka
 * 4.3.1, a second after the topic had been created); whoever reads that partition with {@code
 * read_committed} would wait for ever. Operators know it from {@code kafka-transactions.sh
 * find-hanging}.
 *
 * @param client how to reach the cluster
 * @param topics where to look
 */
public record HangingTransactions(ClientProperties client, Set<String> topics) {
  private static final Logger log = LoggerFactory.getLogger(HangingTransactions.class);

  public HangingTransactions {
    topics = Set.copyOf(topics);
  }

  /**
   * Ends those of a transactional id whose producer has just been initialised: it has none of its
   * own, so what is open is left over. Only tries: whoever isn't allowed to goes on without.
   *
   * @throws InterruptedException if the thread is to stop
   */
  void end(String transactionalId) throws InterruptedException {
    try (Admin admin = KafkaClients.admin(client.connection("hanging-transactions"))) {
      TransactionDescription ours =
          admin.describeTransactions(Set.of(transactionalId)).description(transactionalId).get();
      for (String topic : topics) {
        end(admin, topic, ours);
      }
    } catch (ExecutionException e) {
      skip("any topic", e.getCause() == null ? e : e.getCause());
    } catch (KafkaException e) {
      skip("any topic", e);
    }
  }

  private static void end(Admin admin, String topic, TransactionDescription ours)
      throws InterruptedException {
    try {
      for (var partition :
          admin.describeProducers(partitions(admin, topic)).all().get().entrySet()) {
        for (ProducerState producer : partition.getValue().activeProducers()) {
          if (producer.producerId() == ours.producerId()
              && producer.producerEpoch() < ours.producerEpoch()
              && producer.currentTransactionStartOffset().isPresent()) {
            end(admin, partition.getKey(), producer);
          }
        }
      }
    } catch (ExecutionException e) {
      skip("topic " + topic, e.getCause() == null ? e : e.getCause());
    }
  }

  private static List<TopicPartition> partitions(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    TopicDescription description =
        Objects.requireNonNull(
            admin.describeTopics(Set.of(topic)).allTopicNames().get().get(topic));
    return description.partitions().stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  private static void end(Admin admin, TopicPartition partition, ProducerState producer)
      throws ExecutionException, InterruptedException {
    AbortTransactionSpec spec =
        new AbortTransactionSpec(
            partition,
            producer.producerId(),
            (short) producer.producerEpoch(),
            producer.coordinatorEpoch().orElse(0));
    admin.abortTransaction(spec).all().get();
    log.warn("Ended a transaction of ours that the cluster had left open: {}", spec);
  }

  private static void skip(String where, Throwable why) {
    log.info(
        "Not looked for transactions that the cluster may have left open in {}: {}",
        where,
        Remedy.describe(why));
  }
}
