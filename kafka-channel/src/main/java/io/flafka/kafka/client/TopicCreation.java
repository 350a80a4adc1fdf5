package io.flafka.kafka.client;

import io.flafka.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic that a component creates when it starts, if it is missing.
 *
 * <p>A topic that is there is compared with what was asked for, and never altered: others may rely
 * on it as it is.
 *
 * @param topic {@code kafka.topic}
 * @param partitions {@code topic.partitions}; empty leaves it to the brokers
 * @param replication {@code topic.replication.factor}; empty leaves it to the brokers
 * @param configs {@code topic.config.*}
 */
public record TopicCreation(
    String topic,
    Optional<Integer> partitions,
    Optional<Short> replication,
    Map<String, String> configs) {
  private static final Logger log = LoggerFactory.getLogger(TopicCreation.class);

  /** Names the topic that can be created. */
  static final String TOPIC = "kafka.topic";

  private static final String CREATE = "topic.create";

  /** How many partitions it is to have. */
  static final String PARTITIONS = "topic.partitions";

  private static final String REPLICATION = "topic.replication.factor";

  /** What else it is to have, by Kafka's names. */
  static final String CONFIG = "topic.config.";

  /** For each question to the cluster; the agent waits meanwhile. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Duration POLL = Duration.ofMillis(200);

  public TopicCreation {
    configs = Map.copyOf(configs);
  }

  /** Reads the keys; empty if {@code topic.create} is not {@code true}. */
  public static Optional<TopicCreation> parse(Settings settings, String topic) {
    if (!settings.flag(CREATE, false)) {
      withoutEffect(
          settings,
          List.of(PARTITIONS, REPLICATION),
          "without " + CREATE + " = true no topic is created");
      return Optional.empty();
    }
    return Optional.of(
        new TopicCreation(
            topic,
            number(settings, PARTITIONS, Integer::valueOf),
            number(settings, REPLICATION, Short::valueOf),
            settings.section(CONFIG)));
  }

  /** Warns, in one line, of the keys of a component that can create no topic. */
  public static void withoutEffect(Settings settings, String why) {
    withoutEffect(settings, List.of(CREATE, PARTITIONS, REPLICATION), why);
  }

  private static void withoutEffect(Settings settings, List<String> keys, String why) {
    List<String> idle = new ArrayList<>();
    for (String key : keys) {
      settings.text(key).ifPresent(value -> idle.add(key));
    }
    settings.section(CONFIG).keySet().forEach(key -> idle.add(CONFIG + key));
    if (!idle.isEmpty()) {
      settings.warning(
          String.join(", ", idle) + (idle.size() == 1 ? " has" : " have") + " no effect: " + why);
    }
  }

  private static <N extends Number> Optional<N> number(
      Settings settings, String key, Function<String, N> parse) {
    return settings.parsed(
        key,
        Optional.empty(),
        value -> {
          N number = parse.apply(value);
          if (number.intValue() < 1) {
            throw new IllegalArgumentException();
          }
          return Optional.of(number);
        },
        "a whole number of at least 1");
  }

  /**
   * Makes sure that the topic is there, waiting ten seconds at most for each of the cluster's
   * answers.
   *
   * @return what of a topic that was there before is not as asked for, one line each
   * @throws FlumeException if the topic is missing and can't be created, or can't be compared
   */
  public List<String> ensure(ClientProperties client) {
    try {
      Admin admin = KafkaClients.admin(properties(client));
      try {
        return ensure(admin, servers(client));
      } finally {
        admin.close(Duration.ZERO); // A broker that hangs would hold it up.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FlumeException("Interrupted while creating topic " + topic, e);
    } catch (ExecutionException e) {
      throw refused(client, e.getCause() == null ? e : e.getCause());
    } catch (KafkaException e) {
      throw refused(client, e);
    }
  }

  private List<String> ensure(Admin admin, String servers)
      throws ExecutionException, InterruptedException {
    Optional<TopicDescription> found = find(admin);
    if (found.isEmpty()) {
      boolean ours = create(admin);
      found = await(admin);
      if (ours) {
        found.ifPresent(
            made -> log.info("Created topic {} ({} partitions)", topic, made.partitions().size()));
        return List.of();
      }
    }
    return new TopicComparison(this, servers).differences(found, admin);
  }

  private Optional<TopicDescription> find(Admin admin)
      throws ExecutionException, InterruptedException {
    try {
      return Optional.ofNullable(
          admin.describeTopics(Set.of(topic)).allTopicNames().get().get(topic));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Returns false if somebody else was faster. */
  private boolean create(Admin admin) throws ExecutionException, InterruptedException {
    NewTopic wanted = new NewTopic(topic, partitions, replication).configs(configs);
    try {
      admin.createTopics(Set.of(wanted)).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw e;
    }
  }

  /** Brokers hear of a new topic one after another, and some of its partitions later. */
  private Optional<TopicDescription> await(Admin admin)
      throws ExecutionException, InterruptedException {
    long start = System.nanoTime();
    Optional<TopicDescription> found = find(admin);
    while ((found.isEmpty() || !hasLeaders(admin, found.get()))
        && System.nanoTime() - start < LIMIT.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
      found = find(admin);
    }
    return found;
  }

  /**
   * A partition answers when it has a leader. An idempotent producer that is faster can end up with
   * its second batch written and its first one refused until {@code delivery.timeout.ms}.
   */
  private boolean hasLeaders(Admin admin, TopicDescription found)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    found
        .partitions()
        .forEach(
            partition ->
                ends.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
    try {
      admin.listOffsets(ends).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      if (e.getCause() instanceof AuthorizationException) {
        return true; // It is not for us to know.
      }
      throw e;
    }
  }

  private FlumeException refused(ClientProperties client, Throwable cause) {
    return new FlumeException(
        "Topic kafka.topic = "
            + topic
            + " can't be created, or compared with topic.*, at kafka.bootstrap.servers = "
            + servers(client)
            + ": "
            + Remedy.describe(cause, remedies(String.valueOf(cause.getMessage())))
            + ". Nothing was put or taken",
        cause);
  }

  private List<Remedy> remedies(String message) {
    return List.of(
        new Remedy(
            AuthorizationException.class,
            "allow this user Describe and Create on the topic, and DescribeConfigs if there is a "
                + CONFIG
                + "*; or create the topic yourself and remove "
                + CREATE),
        new Remedy(InvalidPartitionsException.class, "correct " + PARTITIONS),
        new Remedy(
            InvalidReplicationFactorException.class,
            "lower " + REPLICATION + ", or bring up as many brokers"),
        new Remedy(
            PolicyViolationException.class,
            "the brokers' create.topic.policy.class.name decides: change topic.*, or have the topic"
                + " created for you"),
        // The last, since Kafka derives other errors from it.
        new Remedy(InvalidConfigurationException.class, "correct " + named(message)));
  }

  /** The keys that Kafka's message is about, as they are called here. */
  private String named(String message) {
    String named =
        configs.keySet().stream()
            .filter(message::contains)
            .sorted()
            .map(key -> CONFIG + key + " = " + configs.get(key))
            .collect(Collectors.joining(", "));
    return named.isEmpty() ? CONFIG + "*" : named;
  }

  private static String servers(ClientProperties client) {
    return client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG).orElse("");
  }

  private static Map<String, Object> properties(ClientProperties client) {
    Map<String, Object> properties = new TreeMap<>(client.connection("topic-admin"));
    String limit = Long.toString(LIMIT.toMillis());
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, limit);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, limit);
    return properties;
  }
}
