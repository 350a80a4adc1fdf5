package io.flafka.kafka.client;

import io.flafka.config.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigValue;

/**
 * What a component's clients of one side, producing or consuming, are made with.
 *
 * <p>They are the keys under {@code kafka.producer.} or {@code kafka.consumer.}, over the
 * component's defaults, and judged by Kafka's own definitions, which need no network for it. {@code
 * bootstrap.servers} and the (de)serializers are never taken from there.
 *
 * @param values with {@code client.id}, of which each client's own id is made: quotas and logs see
 *     {@code <client.id>-producer} and {@code <client.id>-consumer-<n>}
 */
public record ClientProperties(Map<String, String> values) {
  private static final String SERIALIZERS = "org.apache.kafka.common.serialization.";

  /** How to encrypt and authenticate. */
  private static final List<String> SECURITY = List.of("security.", "sasl.", "ssl.");

  /** What else a connection needs, whatever side it is for; passwords may be at a provider. */
  private static final List<String> CONNECTION =
      List.of(
          CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
          CommonClientConfigs.CLIENT_ID_CONFIG,
          CommonClientConfigs.CLIENT_DNS_LOOKUP_CONFIG,
          AbstractConfig.CONFIG_PROVIDERS_CONFIG);

  /** Classes of others, which may have keys that Kafka doesn't know. */
  private static final List<String> PLUGINS =
      List.of(
          AbstractConfig.CONFIG_PROVIDERS_CONFIG,
          "interceptor.classes",
          "metric.reporters",
          "partitioner.class",
          "partition.assignment.strategy",
          "sasl.client.callback.handler.class",
          "sasl.login.callback.handler.class",
          "sasl.login.class",
          "security.providers",
          "ssl.engine.factory.class");

  public ClientProperties {
    values = Map.copyOf(values);
  }

  /**
   * Reads the keys of the producing side.
   *
   * @param defaults the component's own, among them {@code bootstrap.servers} and {@code client.id}
   */
  public static ClientProperties producer(Settings settings, Map<String, String> defaults) {
    String prefix = "kafka.producer.";
    fixed(settings, prefix + "key.serializer", "StringSerializer", "ByteArraySerializer");
    fixed(settings, prefix + "value.serializer", "ByteArraySerializer");
    Map<String, String> values = read(settings, prefix, defaults, KafkaClients::judgeProducer);
    values.keySet().removeAll(List.of("key.serializer", "value.serializer"));
    report(settings, prefix, values, KafkaClients::judgeProducer);
    return new ClientProperties(values);
  }

  /**
   * Reads the keys of the consuming side. Offsets are committed with Flume's transactions and never
   * by the client alone.
   *
   * @param defaults the component's own, among them {@code bootstrap.servers} and {@code client.id}
   */
  public static ClientProperties consumer(Settings settings, Map<String, String> defaults) {
    String prefix = "kafka.consumer.";
    fixed(settings, prefix + "key.deserializer", "StringDeserializer", "ByteArrayDeserializer");
    fixed(settings, prefix + "value.deserializer", "ByteArrayDeserializer");
    String autoCommit = ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG;
    settings.withoutEffect(prefix + autoCommit, "offsets are committed with the transactions");
    Map<String, String> values = read(settings, prefix, defaults, KafkaClients::judgeConsumer);
    values.keySet().removeAll(List.of("key.deserializer", "value.deserializer"));
    values.put(autoCommit, "false");
    report(settings, prefix, values, KafkaClients::judgeConsumer);
    return new ClientProperties(values);
  }

  /** The same with one property more, or another value of it. */
  public ClientProperties with(String key, String value) {
    Map<String, String> changed = new TreeMap<>(values);
    changed.put(key, value);
    return new ClientProperties(changed);
  }

  /** All properties, for a client whose id ends so. */
  public Map<String, Object> named(String suffix) {
    Map<String, Object> named = new TreeMap<>(values);
    String id = CommonClientConfigs.CLIENT_ID_CONFIG;
    named.put(id, values.get(id) + "-" + suffix);
    return named;
  }

  /**
   * All properties, for the component's consumer of that number. Where {@code group.instance.id} is
   * set, each has one of its own, {@code <group.instance.id>-<n>}: two members can't have the same.
   *
   * @param number the same again after a restart, so that the group knows the member again
   */
  public Map<String, Object> consumer(int number) {
    Map<String, Object> numbered = named("consumer-" + number);
    numbered.computeIfPresent(
        CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG, (key, id) -> id + "-" + number);
    return numbered;
  }

  /** Only what it takes to reach the cluster, for a client of either side. */
  public Map<String, Object> connection(String suffix) {
    Map<String, Object> connection = named(suffix);
    connection
        .keySet()
        .removeIf(key -> !isSecurity(key) && CONNECTION.stream().noneMatch(key::startsWith));
    return connection;
  }

  /**
   * The side to reach the cluster with: an agent that only takes says how for the consuming one
   * alone.
   */
  public static ClientProperties reaching(ClientProperties producer, ClientProperties consumer) {
    return consumer.secured() && !producer.secured() ? consumer : producer;
  }

  /** Whether it is said how to encrypt or authenticate. */
  public boolean secured() {
    return values.keySet().stream().anyMatch(ClientProperties::isSecurity);
  }

  public Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  private static boolean isSecurity(String key) {
    return SECURITY.stream().anyMatch(key::startsWith);
  }

  private static Map<String, String> read(
      Settings settings,
      String prefix,
      Map<String, String> defaults,
      Function<Map<String, String>, List<ConfigValue>> judge) {
    String bootstrap = CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;
    settings.withoutEffect(prefix + bootstrap, "kafka.bootstrap.servers counts");
    Map<String, String> values = new TreeMap<>(defaults);
    boolean extended = PLUGINS.stream().anyMatch(plugin -> settings.isSet(prefix + plugin));
    values.putAll(
        extended
            ? settings.section(prefix)
            : settings.section(
                prefix, judge.apply(Map.of()).stream().map(ConfigValue::name).toList()));
    values.put(bootstrap, defaults.getOrDefault(bootstrap, ""));
    Tls.complete(values, settings.flag(prefix + Tls.DISABLE_VERIFICATION, false));
    return values;
  }

  /** Stock lets these be replaced. Here the bytes are the record, so only its own are redundant. */
  private static void fixed(Settings settings, String key, String... redundant) {
    boolean foreign =
        settings
            .text(key)
            .filter(name -> !List.of(redundant).contains(name.replace(SERIALIZERS, "")))
            .isPresent();
    if (foreign) {
      settings.problem(key, "records are bytes that only Flafka writes and reads: remove the key");
    } else {
      settings.withoutEffect(key, "records are bytes that only Flafka writes and reads");
    }
  }

  private static void report(
      Settings settings,
      String prefix,
      Map<String, String> values,
      Function<Map<String, String>, List<ConfigValue>> judge) {
    if (values.containsKey(AbstractConfig.CONFIG_PROVIDERS_CONFIG)) {
      return; // The values are known only when the client has asked the providers.
    }
    for (ConfigValue value : judge.apply(values)) {
      String key = prefix + value.name();
      if (values.containsKey(value.name())
          && settings.isSet(key)
          && !value.errorMessages().isEmpty()) {
        settings.problem(key, String.join("; ", value.errorMessages()));
      }
    }
  }

  /** The largest request that a producer sends, in bytes; no limit if only a provider knows it. */
  public int largestRequest() {
    String key = ProducerConfig.MAX_REQUEST_SIZE_CONFIG;
    try {
      return Integer.parseInt(get(key).orElseGet(() -> KafkaClients.producerDefault(key)).trim());
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }
}
