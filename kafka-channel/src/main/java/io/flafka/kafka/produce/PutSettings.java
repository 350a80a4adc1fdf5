package io.flafka.kafka.produce;

import io.flafka.config.Settings;
import io.flafka.delivery.Guarantee;
import io.flafka.kafka.client.ClientProperties;
import io.flafka.kafka.client.KafkaClients;
import io.flafka.kafka.ledger.LedgerTopic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;

/**
 * How a component puts.
 *
 * @param guarantee {@code delivery.guarantee}
 * @param producer {@code kafka.producer.*}
 * @param transactionalId {@code kafka.transactional.id}, empty if at least once
 * @param ledger {@code ledger.*}
 * @param ahead {@code kafka.timestamp.after.max.ms}: how far ahead of now an event's time may be
 */
public record PutSettings(
    Guarantee guarantee,
    ClientProperties producer,
    String transactionalId,
    LedgerTopic ledger,
    Optional<Duration> ahead) {
  private static final String AHEAD = "kafka.timestamp.after.max.ms";
  private static final String TRANSACTIONAL_ID = "kafka.transactional.id";
  private static final String PRODUCER = "kafka.producer.";
  private static final String ACKS = PRODUCER + ProducerConfig.ACKS_CONFIG;

  /** Fewer requests for the same records; Kafka's own 16 KB costs a third of the throughput. */
  private static final String BATCH_SIZE = Integer.toString(256 * 1024);

  /**
   * Reads the keys.
   *
   * @param servers {@code kafka.bootstrap.servers}
   */
  public static PutSettings parse(Settings settings, String servers, String clientId) {
    Guarantee guarantee = Guarantee.of(settings);
    String id = transactionalId(settings, guarantee);
    checkAcks(settings, guarantee);
    Map<String, String> defaults = new TreeMap<>();
    defaults.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
    defaults.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    defaults.put(ProducerConfig.ACKS_CONFIG, "all");
    defaults.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_SIZE);
    ClientProperties producer = ClientProperties.producer(settings, defaults);
    if (guarantee == Guarantee.EXACTLY_ONCE) {
      producer = producer.with(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    }
    return new PutSettings(
        guarantee,
        producer,
        id,
        ledger(settings, producer),
        settings.isSet(AHEAD)
            ? Optional.of(Duration.ofMillis(settings.number(AHEAD, 0, 0)))
            : Optional.empty());
  }

  /** What records must be to be sent. */
  RecordCheck check(KnownTopics topics, Optional<String> fixed) {
    return new RecordCheck(
        producer.largestRequest(),
        ahead.map(most -> new Ahead(most, InstantSource.system())),
        topics,
        fixed);
  }

  /**
   * Makes the sender. At least once, its producer is made at once; exactly once, when it is first
   * used.
   *
   * @throws KafkaException if the producer can't be made
   */
  RecordSender open(ExactlyOnceSender.Watch watch) {
    return guarantee == Guarantee.AT_LEAST_ONCE
        ? new AtLeastOnceSender(this::openProducer)
        : new ExactlyOnceSender(
            new Ownership(transactionalId, ledger, this::openProducer, InstantSource.system()),
            watch);
  }

  private Producer<byte[], byte[]> openProducer() {
    return KafkaClients.producer(producer.named("producer"));
  }

  private static String transactionalId(Settings settings, Guarantee guarantee) {
    settings.refused(
        PRODUCER + ProducerConfig.TRANSACTIONAL_ID_CONFIG,
        "set " + TRANSACTIONAL_ID + " and " + Guarantee.KEY + " = exactly_once instead");
    if (guarantee == Guarantee.AT_LEAST_ONCE) {
      settings.withoutEffect(TRANSACTIONAL_ID, "it takes " + Guarantee.KEY + " = exactly_once");
      return "";
    }
    String id =
        settings.required(
            TRANSACTIONAL_ID,
            "a name that nothing else in any agent has, and that stays the same over restarts, for"
                + " example agent1-weblogs: by it, positions are found again");
    if (id.chars().anyMatch(Character::isWhitespace)) {
      settings.problem(TRANSACTIONAL_ID, "it must have no blanks");
    }
    return id;
  }

  private static void checkAcks(Settings settings, Guarantee guarantee) {
    String acks = settings.text(ACKS, "all");
    if (acks.equals("all") || acks.equals("-1")) {
      return;
    }
    if (guarantee == Guarantee.EXACTLY_ONCE) {
      settings.problem(ACKS, "exactly_once takes all, which is the default");
    } else {
      settings.warning(ACKS + " = " + acks + ": a broker's crash can lose events; all can't");
    }
  }

  private static LedgerTopic ledger(Settings settings, ClientProperties client) {
    String replication = "ledger.replication.factor";
    Optional<Short> factor =
        settings.isSet(replication)
            ? Optional.of((short) settings.integer(replication, 1, 1))
            : Optional.empty();
    return new LedgerTopic(
        client,
        settings.text("ledger.topic", "flafka-ledger"),
        settings.integer("ledger.partitions", 8, 1),
        factor);
  }
}
