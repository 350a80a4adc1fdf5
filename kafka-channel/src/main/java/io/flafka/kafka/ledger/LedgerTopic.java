package io.flafka.kafka.ledger;

import io.flafka.kafka.client.ClientProperties;
import io.flafka.kafka.client.KafkaClients;
import io.flafka.kafka.client.Remedy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flume.ChannelException;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic that holds ledgers.
 *
 * @param client how to reach the cluster
 * @param name {@code ledger.topic}
 * @param partitions {@code ledger.partitions}, if it has to be created
 * @param replication {@code ledger.replication.factor}, if it has to be created; empty leaves it to
 *     the brokers
 */
public record LedgerTopic(
    ClientProperties client, String name, int partitions, Optional<Short> replication) {
  private static final Logger log = LoggerFactory.getLogger(LedgerTopic.class);

  /**
   * How long to wait for other channels' open transactions, which hide what is behind them. Brokers
   * end them after a minute, unless they are configured otherwise.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** After so long whoever waits is told why. */
  private static final Duration SHORTLY = Duration.ofSeconds(2);

  private static final Duration CREATION = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(200);

  private static final List<Remedy> REMEDIES =
      List.of(
          new Remedy(
              AuthorizationException.class,
              "allow this user Read and Write on this topic, and Create while it isn't there"));

  /** A reader that is days behind must still see that an entry was removed. */
  private static final Duration TOMBSTONES_STAY = Duration.ofDays(7);

  /**
   * Makes sure that the topic is there and keeps what is written to it.
   *
   * @throws FlumeException if it isn't, can't be created, or deletes old records
   * @throws InterruptedException if the thread is to stop
   */
  public void ensure() throws InterruptedException {
    try (Admin admin = admin()) {
      if (exists(admin)) {
        checkCompaction(admin);
      } else {
        create(admin);
      }
    } catch (ExecutionException e) {
      throw unavailable(e.getCause() == null ? e : e.getCause());
    }
  }

  /**
   * Reads the ledger of a transactional id, up to the high watermark of now. What the last stable
   * offset says isn't enough: another channel's open transaction can hold it back, while what we
   * wrote lies behind it.
   *
   * @throws ChannelException if it can't be read now
   * @throws FlumeException if it holds what this version can't read
   * @throws InterruptedException if the thread is to stop
   */
  public Ledger read(String transactionalId) throws InterruptedException {
    return read(transactionalId, IsolationLevel.READ_UNCOMMITTED);
  }

  /**
   * Reads what can be read without waiting for anybody's open transaction, one's own included: not
   * enough to go by, but enough to see most successors.
   *
   * @throws ChannelException if it can't be read now
   * @throws FlumeException if it holds what this version can't read
   * @throws InterruptedException if the thread is to stop
   */
  public Ledger glance(String transactionalId) throws InterruptedException {
    return read(transactionalId, IsolationLevel.READ_COMMITTED);
  }

  private Ledger read(String transactionalId, IsolationLevel end) throws InterruptedException {
    Ledger ledger = new Ledger(new LedgerFormat(name, transactionalId));
    try (Admin admin = admin();
        Consumer<byte[], byte[]> consumer = KafkaClients.consumer(consumerProperties())) {
      Map<TopicPartition, Long> ends = ends(admin, end);
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      long start = System.nanoTime();
      boolean told = false;
      while (!behind(consumer, ends).isEmpty()) {
        consumer.poll(POLL).forEach(ledger::read);
        long waited = System.nanoTime() - start;
        if (waited > PATIENCE.toNanos()) {
          throw new ChannelException(hidden(behind(consumer, ends)));
        }
        if (!told && waited > SHORTLY.toNanos()) {
          told = true;
          log.warn("{}", hidden(behind(consumer, ends)));
        }
      }
      return ledger;
    } catch (InterruptException e) {
      Thread.interrupted();
      throw (InterruptedException)
          new InterruptedException("Interrupted while reading a ledger").initCause(e);
    } catch (ExecutionException e) {
      throw unavailable(e.getCause() == null ? e : e.getCause());
    } catch (KafkaException e) {
      throw unavailable(e);
    }
  }

  private boolean exists(Admin admin) throws ExecutionException, InterruptedException {
    try {
      admin.describeTopics(Set.of(name)).allTopicNames().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }

  private void create(Admin admin) throws ExecutionException, InterruptedException {
    NewTopic topic =
        new NewTopic(name, Optional.of(partitions), replication)
            .configs(
                Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_COMPACT,
                    TopicConfig.DELETE_RETENTION_MS_CONFIG,
                    Long.toString(TOMBSTONES_STAY.toMillis())));
    try {
      admin.createTopics(Set.of(topic)).all().get();
      log.info("Created the ledger topic {} with {} partitions, compacted", name, partitions);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
    // Brokers hear of it one after another.
    long start = System.nanoTime();
    while (!exists(admin) && System.nanoTime() - start < CREATION.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    }
  }

  /** A ledger that forgets by itself would let events be doubled. */
  private void checkCompaction(Admin admin) throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    try {
      Config config =
          Objects.requireNonNull(admin.describeConfigs(Set.of(resource)).all().get().get(resource));
      String policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
      if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
        throw new FlumeException(
            "The ledger topic ledger.topic = "
                + name
                + " has cleanup.policy = "
                + policy
                + ": it would forget positions, and their events would be doubled. Set it to"
                + " compact, or name another topic");
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof AuthorizationException)) {
        throw e;
      }
      log.warn(
          "Not allowed to look whether ledger.topic = {} is compacted: it has to be, since it must"
              + " not forget",
          name);
    }
  }

  private Map<TopicPartition, Long> ends(Admin admin, IsolationLevel level)
      throws ExecutionException, InterruptedException {
    TopicDescription topic =
        Objects.requireNonNull(admin.describeTopics(Set.of(name)).allTopicNames().get().get(name));
    Map<TopicPartition, OffsetSpec> question =
        topic.partitions().stream()
            .collect(
                Collectors.toMap(
                    partition -> new TopicPartition(name, partition.partition()),
                    partition -> OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(question, new ListOffsetsOptions(level))
        .all()
        .get()
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  private static List<TopicPartition> behind(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .filter(end -> consumer.position(end.getKey()) < end.getValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  private String hidden(List<TopicPartition> partitions) {
    return "The ledger in "
        + partitions
        + " can't be read to its end yet: a transaction of another channel is open there. It ends"
        + " with that channel's commit, or at its kafka.producer.transaction.timeout.ms. If it"
        + " outlasts both, kafka-transactions.sh find-hanging tells whose it is";
  }

  private Admin admin() {
    return KafkaClients.admin(client.connection("ledger-admin"));
  }

  private Map<String, Object> consumerProperties() {
    Map<String, Object> properties = client.connection("ledger-reader");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    // At the end, a fetch would wait for more before it told that a marker is all there is.
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "20");
    return properties;
  }

  private ChannelException unavailable(Throwable cause) {
    return new ChannelException(
        "The ledger topic ledger.topic = "
            + name
            + " can't be used, and nothing is put before it can: "
            + Remedy.describe(cause, REMEDIES),
        cause);
  }
}
