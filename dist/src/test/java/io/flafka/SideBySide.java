package io.flafka;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.flafka.Side.Kind;
import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.flume.Event;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.api.RpcClient;
import org.apache.flume.api.RpcClientFactory;
import org.jspecify.annotations.Nullable;

/**
 * An agent in which each Kafka component stands twice, Flume's own and ours, with the same keys.
 * Events come in through Flume's Avro source, and are seen in files that Flume writes.
 *
 * <p>In keys, {@code SIDE} stands for {@code stock} in one of a pair and {@code ours} in the other.
 */
final class SideBySide implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Old names of keys that are set here. */
  private static final Map<String, String> DEPRECATED =
      Map.of(
          "brokerList", "kafka.bootstrap.servers",
          "groupId", "kafka.consumer.group.id",
          "topic", "kafka.topic");

  private final Broker broker;
  private final Path folder;
  private final Installation flume;
  private final Map<Kind, Map<String, Map<String, String>>> components = new EnumMap<>(Kind.class);
  private final Map<String, Integer> ports = new TreeMap<>();
  private @Nullable Agent agent;

  SideBySide(Broker broker, Path folder) throws IOException {
    this.broker = broker;
    this.folder = folder;
    this.flume = Installation.withHadoop(folder).using(broker, "");
  }

  /**
   * Adds stock's component and ours. Unless the keys say otherwise, the group, the topic and the
   * channel have the component's own name.
   *
   * @param keys each {@code key = value}
   */
  SideBySide pair(Kind kind, String name, String... keys) {
    for (Side side : Side.values()) {
      one(side, kind, name, keys);
    }
    return this;
  }

  /** Adds one of a pair. */
  SideBySide one(Side side, Kind kind, String name, String... keys) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("type", side.type(kind));
    all.put("kafka.bootstrap.servers", broker.bootstrapServers());
    if (kind != Kind.SINK) {
      all.put("kafka.consumer.group.id", side.of(name));
    }
    if (kind != Kind.SOURCE) {
      all.put("kafka.topic", side.of(name));
    }
    if (kind != Kind.CHANNEL) {
      all.put(kind == Kind.SINK ? "channel" : "channels", side.of(name));
    }
    Map<String, String> given = parse(side, keys);
    DEPRECATED.forEach(
        (old, key) -> {
          if (given.containsKey(old)) {
            all.remove(key);
          }
        });
    all.putAll(given);
    components(kind).put(side.of(name), all);
    return this;
  }

  /** The names of both in a pair. */
  static Stream<String> both(String pair) {
    return Stream.of(Side.values()).map(side -> side.of(pair));
  }

  /** Adds a memory channel for each side. */
  SideBySide memory(String name, String... keys) {
    for (Side side : Side.values()) {
      Map<String, String> all = new LinkedHashMap<>();
      all.put("type", "memory");
      all.put("capacity", "20000");
      all.put("transactionCapacity", "10000");
      all.putAll(parse(side, keys));
      components(Kind.CHANNEL).put(side.of(name), all);
    }
    return this;
  }

  /** Adds two Avro sources, to which {@link #send} sends, each before its side's channels. */
  SideBySide feed(String name, List<String> channels) {
    for (Side side : Side.values()) {
      int port = Ports.free();
      ports.put(side.of(name), port);
      Map<String, String> keys = new LinkedHashMap<>();
      keys.put("type", "avro");
      keys.put("bind", "127.0.0.1");
      keys.put("port", Integer.toString(port));
      keys.put("channels", channels.stream().map(side::of).collect(joining(" ")));
      components(Kind.SOURCE).put(side.of(name), keys);
    }
    return this;
  }

  /** Adds a sink behind each channel of a pair, so that its events can be {@link #seen}. */
  SideBySide see(String pair, String... keys) throws IOException {
    for (Side side : Side.values()) {
      see(side, pair, keys);
    }
    return this;
  }

  /** Adds a sink behind one channel of a pair. */
  SideBySide see(Side side, String pair, String... keys) throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("type", "file_roll");
    all.put("channel", side.of(pair));
    all.put("sink.directory", Files.createDirectories(output(side, pair)).toString());
    all.put("sink.rollInterval", "0");
    all.put("sink.serializer", "AVRO_EVENT");
    all.putAll(parse(side, keys));
    components(Kind.SINK).put("see-" + side.of(pair), all);
    return this;
  }

  /** Starts the agent; what it logs is in a folder of this name. */
  SideBySide start(String name) throws IOException {
    StringBuilder text = new StringBuilder();
    components.forEach(
        (kind, all) -> {
          String prefix = "agent1." + kind.plural();
          text.append(prefix).append(" = ").append(String.join(" ", all.keySet())).append('\n');
          all.forEach(
              (component, keys) ->
                  keys.forEach(
                      (key, value) ->
                          text.append("%s.%s.%s = %s\n".formatted(prefix, component, key, value))));
        });
    agent = flume.start(name, text.toString());
    return this;
  }

  /** The agent, once it is started. */
  Agent agent() {
    return requireNonNull(agent);
  }

  /**
   * Sends events to a side, as one batch.
   *
   * @throws EventDeliveryException if a channel refused them
   */
  void send(Side side, String feed, List<Event> events) throws EventDeliveryException {
    RpcClient client = connected(requireNonNull(ports.get(side.of(feed))), events.size());
    try {
      client.appendBatch(events);
    } finally {
      client.close();
    }
  }

  private RpcClient connected(int port, int batchSize) {
    AtomicReference<@Nullable RpcClient> client = new AtomicReference<>();
    await(
        "the Avro source listens",
        () -> {
          client.set(RpcClientFactory.getDefaultInstance("127.0.0.1", port, batchSize));
          return true;
        });
    return requireNonNull(client.get());
  }

  /** What has come out of one channel of a pair so far. */
  List<Seen> seen(Side side, String pair) throws IOException {
    return Seen.in(output(side, pair));
  }

  /** What has come out of one channel of a pair, as soon as it is so much. */
  List<Seen> seen(Side side, String pair, int count) throws IOException {
    await(side.of(pair) + " has seen " + count, () -> seen(side, pair).size() >= count);
    return seen(side, pair);
  }

  /** Waits; if in vain, the agent's log is in the message. */
  void await(String what, Callable<Boolean> condition) {
    try {
      Await.until(what, LIMIT, condition);
    } catch (IllegalStateException e) {
      throw new AssertionError(agent().process().lastLines(60), e);
    }
  }

  private Map<String, Map<String, String>> components(Kind kind) {
    return components.computeIfAbsent(kind, none -> new LinkedHashMap<>());
  }

  private Path output(Side side, String pair) {
    return folder.resolve("seen").resolve(side.of(pair));
  }

  private static Map<String, String> parse(Side side, String... keys) {
    Map<String, String> parsed = new LinkedHashMap<>();
    for (String line : keys) {
      String[] parts = line.replace("SIDE", side.of("").substring(1)).split(" = ", 2);
      parsed.put(parts[0], parts[1]);
    }
    return parsed;
  }

  /** Ends the agent in its own time. */
  void stop() {
    agent().close();
  }

  /** Ends the agent at once: an Avro source takes four seconds. */
  @Override
  public void close() {
    if (agent != null) {
      agent.process().kill();
    }
  }
}
