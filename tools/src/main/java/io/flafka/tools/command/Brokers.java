package io.flafka.tools.command;

import io.flafka.kafka.client.KafkaClients;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The cluster, which is only asked, but for a {@link #member} of a group. For one thread. */
public final class Brokers implements Closeable {
  private static final String CLIENT = "flafka";
  private static final String LIMIT = "30000";

  /** Twelve hours: who is still at it by then has failed. */
  private static final String FOR_LONG = "43200000";

  private final String servers;
  private final Map<String, Object> properties;
  private final Admin admin;

  /**
   * Connects.
   *
   * @param servers as Kafka's own tools take them, {@code host:port[,host:port...]}
   * @param config what else clients are told, as with {@code --command-config}
   */
  Brokers(String servers, Map<String, String> config) throws CommandException {
    this.servers = servers;
    Map<String, Object> all = new HashMap<>(config);
    all.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    all.putIfAbsent(AdminClientConfig.CLIENT_ID_CONFIG, CLIENT);
    if (!config.containsKey(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG)) {
      all.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LIMIT);
      all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, all.get("default.api.timeout.ms"));
    }
    this.properties = Map.copyOf(all);
    try {
      this.admin = KafkaClients.admin(properties);
    } catch (KafkaException e) {
      throw failed("can't make a client", e);
    }
  }

  /** What a topic is now. */
  public record Topic(String id, List<Integer> partitions) {}

  /**
   * Where a partition begins and ends.
   *
   * @param stable what readers of committed records read up to
   */
  public record Bounds(long beginning, long stable, long end) {}

  public Topic topic(String name) throws CommandException, InterruptedException {
    Map<String, TopicDescription> found =
        answer("describe the topic " + name, admin.describeTopics(List.of(name)).allTopicNames());
    TopicDescription topic = found.get(name);
    if (topic == null) {
      throw new CommandException("the topic " + name + " isn't described: check its name");
    }
    return new Topic(
        topic.topicId().toString(),
        topic.partitions().stream().map(partition -> partition.partition()).sorted().toList());
  }

  /** The offsets of a topic that a group has committed, by partition. */
  public Map<Integer, OffsetAndMetadata> committed(String group, String topic)
      throws CommandException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> all =
        answer(
            "read the offsets of the group " + group,
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    Map<Integer, OffsetAndMetadata> committed = new TreeMap<>();
    all.forEach(
        (partition, offset) -> {
          if (partition.topic().equals(topic) && offset != null) {
            committed.put(partition.partition(), offset);
          }
        });
    return committed;
  }

  /** Where partitions begin and end. */
  public Map<Integer, Bounds> bounds(String topic, List<Integer> partitions)
      throws CommandException, InterruptedException {
    Map<Integer, Long> first =
        offsets(topic, partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    Map<Integer, Long> stable =
        offsets(topic, partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    Map<Integer, Long> end =
        offsets(topic, partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    Map<Integer, Bounds> bounds = new TreeMap<>();
    for (int partition : partitions) {
      bounds.put(
          partition,
          new Bounds(
              first.getOrDefault(partition, 0L),
              stable.getOrDefault(partition, 0L),
              end.getOrDefault(partition, 0L)));
    }
    return bounds;
  }

  private Map<Integer, Long> offsets(
      String topic, List<Integer> partitions, OffsetSpec which, IsolationLevel isolation)
      throws CommandException, InterruptedException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(new TopicPartition(topic, partition), which));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        answer(
            "ask where " + topic + " begins and ends",
            admin.listOffsets(wanted, new ListOffsetsOptions(isolation)).all());
    Map<Integer, Long> offsets = new HashMap<>();
    found.forEach((partition, info) -> offsets.put(partition.partition(), info.offset()));
    return offsets;
  }

  /** Those who are members of a group, by name and host; none if there is no such group. */
  public List<String> members(String group) throws CommandException, InterruptedException {
    try {
      return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
          .flatMap(description -> description.members().stream())
          .map(member -> member.clientId() + " on " + member.host().replaceFirst("^/", ""))
          .sorted()
          .toList();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return List.of();
      }
      throw failed("can't describe the group " + group, e.getCause() == null ? e : e.getCause());
    }
  }

  /** A reader of committed records, which is in no group; the caller closes it. */
  public Consumer<byte[], byte[]> reader() throws CommandException {
    Map<String, Object> own = consumer();
    own.remove(ConsumerConfig.GROUP_ID_CONFIG);
    own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    own.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
    return open(own);
  }

  /**
   * One who may join a group as the channels do, commits nothing, and keeps what it is assigned
   * until it is closed, which the caller does.
   */
  public Consumer<byte[], byte[]> member(String group) throws CommandException {
    Map<String, Object> own = consumer();
    own.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    own.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    own.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, FOR_LONG);
    return open(own);
  }

  /** Whatever the file says to other consumers. */
  private Map<String, Object> consumer() {
    Map<String, Object> own = new HashMap<>(properties);
    own.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    return own;
  }

  private Consumer<byte[], byte[]> open(Map<String, Object> own) throws CommandException {
    try {
      return KafkaClients.consumer(own);
    } catch (KafkaException e) {
      throw failed("can't make a consumer", e);
    }
  }

  private <T> T answer(String what, KafkaFuture<T> question)
      throws CommandException, InterruptedException {
    try {
      return question.get();
    } catch (ExecutionException e) {
      throw failed("can't " + what, e.getCause() == null ? e : e.getCause());
    }
  }

  private CommandException failed(String what, Throwable cause) {
    return failed(servers + ": " + what, advice(cause), cause);
  }

  /** What a client said, in one line. */
  public static CommandException failed(String what, String advice, Throwable cause) {
    List<String> said = new ArrayList<>();
    for (Throwable one = cause; one != null; one = one.getCause()) {
      String message = one.getClass().getSimpleName() + ": " + one.getMessage();
      if (said.size() < 3 && said.stream().noneMatch(message::equals)) {
        said.add(message);
      }
    }
    return new CommandException(what + " (" + String.join("; ", said) + "): " + advice, cause);
  }

  public static String advice(Throwable cause) {
    if (cause instanceof UnknownTopicOrPartitionException) {
      return "check the topic's name, and that this is the cluster that --bootstrap-server names";
    }
    if (cause instanceof AuthorizationException) {
      return "the user of --command-config takes the right to describe and read the topic, and to"
          + " describe the group";
    }
    return "check --bootstrap-server, that the brokers are up, and that --command-config names the"
        + " security.protocol and the user that their listener there takes";
  }

  @Override
  public void close() {
    admin.close();
  }
}
