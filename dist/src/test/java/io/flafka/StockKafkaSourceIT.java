package io.flafka;

import static io.flafka.Side.Kind.SOURCE;
import static io.flafka.Side.OURS;
import static io.flafka.Side.STOCK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testbed.Broker;
import io.flafka.testbed.TestbedExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stock's Kafka source and ours, in one agent, with the same keys and the same input. */
@ExtendWith(TestbedExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class StockKafkaSourceIT {
  private static final String FLUME_EVENTS = "useFlumeEventFormat = true";
  private static final String FIRST = "kafka.consumer.auto.offset.reset = earliest";

  private final Broker broker;
  private final Offsets offsets;
  private final SideBySide both;

  StockKafkaSourceIT(Broker broker, @TempDir Path folder) throws IOException {
    this.broker = broker;
    this.offsets = new Offsets(broker);
    this.both = new SideBySide(broker, folder);
  }

  @BeforeAll
  void start() throws Exception {
    bodies();
    events();
    severalTopics();
    unreadable();
    source("latest", "kafka.topics = " + topic("source-latest", 1));
    source(
        "members",
        FIRST,
        "kafka.topics = " + topic("source-members", 2),
        "kafka.consumer.group.id = m");
    try (TopicWriter writer = new TopicWriter(broker)) {
      writer.write("source-latest", 0, null, "old".getBytes(UTF_8));
    }
    both.start("sources");
    both.await("each has a partition", () -> offsets.assigned("m").equals(List.of(1, 1)));
    try (TopicWriter writer = new TopicWriter(broker)) {
      for (int i = 0; i < 100; i++) {
        writer.write("source-members", i % 2, null, ("" + i).getBytes(UTF_8));
      }
    }
  }

  @AfterAll
  void stop() {
    both.close();
  }

  private void bodies() throws IOException {
    String topic = topic("source-bodies", 2);
    try (TopicWriter writer = new TopicWriter(broker)) {
      writer.write(topic, 0, null, "plain".getBytes(UTF_8));
      writer.write(topic, 1, "a key", "keyed".getBytes(UTF_8));
      writer.write(topic, 0, "Schlüssel 鍵", "Grüße, 世界".getBytes(UTF_8));
      writer.write(topic, 1, "", "an empty key".getBytes(UTF_8));
      writer.write(topic, 0, null, null);
      writer.write(topic, 1, "of nothing", null);
      writer.write(topic, 0, null, new byte[0]);
      writer.write(topic, 1, null, Events.everyByte());
      writer.write(topic, 0, null, Events.large());
      writer.write(topic, 1, null, "headers".getBytes(UTF_8), "color", "blau", "color", "grün");
      writer.write(topic, 0, "k", "names".getBytes(UTF_8), "topic", "t", "key", "other");
    }
    source("bodies", FIRST, "kafka.topics = " + topic);
    source("nameless", FIRST, "kafka.topics = " + topic, "setTopicHeader = false");
    source(
        "renamed",
        FIRST,
        "kafka.topics = " + topic,
        "topicHeader = from",
        "header.colour = color",
        "header.key = key",
        "header.absent = absent");
  }

  private void events() throws IOException {
    String topic = topic("source-events", 2);
    try (TopicWriter writer = new TopicWriter(broker)) {
      writer.write(topic, 0, null, Wrapped.bytes("plain", Map.of()));
      writer.write(topic, 1, "k", Wrapped.bytes("", Map.of("a", "1", "b", "", "größe", "日本")));
      writer.write(topic, 0, "k", Wrapped.bytes("two keys", Map.of("key", "other")));
      writer.write(topic, 1, null, Wrapped.bytes("its own key", Map.of("key", "own")));
      writer.write(
          topic,
          0,
          null,
          Wrapped.bytes(
              "its own place",
              Map.of("timestamp", "1", "topic", "t", "partition", "7", "offset", "8")));
      writer.write(
          topic,
          1,
          null,
          Wrapped.bytes("its own colour", Map.of("colour", "red")),
          "color",
          "blue");
    }
    source("events", FIRST, FLUME_EVENTS, "kafka.topics = " + topic, "header.colour = color");
  }

  private void severalTopics() throws IOException {
    try (TopicWriter writer = new TopicWriter(broker)) {
      for (String topic : List.of("source-one", "source-two")) {
        topic(topic, 2);
        for (int i = 0; i < 50; i++) {
          writer.write(topic, i % 2, null, (topic + " " + i).getBytes(UTF_8));
        }
      }
    }
    source("listed", FIRST, "kafka.topics = source-one, source-two");
    source("old-source-keys", FIRST, "topic = source-one,source-two", "groupId = old-SIDE");
    both.memory("matching", "transactionCapacity = 7")
        .see("matching", "sink.batchSize = 7")
        .pair(
            SOURCE,
            "matching",
            FIRST,
            "kafka.topics.regex = source-(one|two)",
            "kafka.topics = source-bodies",
            "batchSize = 7");
  }

  private void unreadable() throws Exception {
    Stream.of("source-junk", "source-nothing", "source-blank", "source-gap", "source-aborted")
        .forEach(name -> topic(name, 1));
    try (TopicWriter writer = new TopicWriter(broker)) {
      for (String name : List.of("source-junk", "source-nothing", "source-blank")) {
        writer.write(name, 0, null, Wrapped.bytes("before", Map.of()));
        switch (name) {
          case "source-junk" -> writer.write(name, 0, null, new byte[] {'!'});
          case "source-nothing" -> writer.write(name, 0, null, null);
          default -> writer.write(name, 0, null, Wrapped.bytes("blank", Map.of()), "color", null);
        }
        writer.write(name, 0, null, Wrapped.bytes("after", Map.of()));
        source(name, FIRST, FLUME_EVENTS, "kafka.topics = " + name, "header.colour = color");
      }
      for (int i = 0; i < 10; i++) {
        writer.write("source-gap", 0, null, ("" + i).getBytes(UTF_8));
      }
    }
    TopicWriter.writeAbortedAndCommitted(
        broker, "source-aborted", "undone".getBytes(UTF_8), "done".getBytes(UTF_8));
    source("source-aborted", FIRST, "kafka.topics = source-aborted");
    TopicPartition gap = new TopicPartition("source-gap", 0);
    offsets.move(SideBySide.both("source-gap").toList(), gap, 2);
    offsets.expire(gap, 5);
    source("source-gap", FIRST, "kafka.topics = source-gap");
  }

  private void source(String name, String... keys) throws IOException {
    List<String> all = new ArrayList<>(List.of(keys));
    all.add("backoffSleepIncrement = 100");
    all.add("maxBackoffSleep = 500");
    both.memory(name).pair(SOURCE, name, all.toArray(String[]::new)).see(name);
  }

  private String topic(String name, int partitions) {
    return broker.createTopic(name, partitions, Map.of("retention.ms", "-1"));
  }

  private List<String> bodies(Side side, String pair, int count) throws IOException {
    return both.seen(side, pair, count).stream().map(Seen::body).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "bodies, 11",
    "nameless, 11",
    "renamed, 11",
    "events, 6",
    "listed, 100",
    "old-source-keys, 100",
    "matching, 100"
  })
  void bothMakeTheSameEvents(String pair, int count) throws Exception {
    List<Seen> stock = both.seen(STOCK, pair, count);

    assertThat(stock).hasSize(count);
    assertThat(both.seen(OURS, pair, count)).containsExactlyInAnyOrderElementsOf(stock);
  }

  @ParameterizedTest
  @CsvSource({
    "bodies, source-bodies",
    "events, source-events",
    "listed, source-one source-two",
    "matching, source-one source-two",
    "old, source-one source-two"
  })
  void bothCommitTheSameOffsets(String pair, String topics) throws Exception {
    Map<String, Long> all = offsets.ends(2, topics.split(" "));

    for (Side side : Side.values()) {
      both.await("all is committed", () -> offsets.committed(side.of(pair)).equals(all));
    }
  }

  @Test
  void bothBeginWithTheLatest() throws Exception {
    try (TopicWriter writer = new TopicWriter(broker)) {
      both.await(
          "something new has come",
          () -> {
            writer.write("source-latest", 0, null, "new".getBytes(UTF_8));
            return !both.seen(STOCK, "latest").isEmpty() && !both.seen(OURS, "latest").isEmpty();
          });
    }
    for (Side side : Side.values()) {
      assertThat(bodies(side, "latest", 1)).containsOnly("new");
    }
  }

  /** As in a rolling upgrade. */
  @Test
  void bothAreMembersOfOneGroup() throws Exception {
    assertThat(
            Stream.concat(
                bodies(STOCK, "members", 50).stream(), bodies(OURS, "members", 50).stream()))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 100).mapToObj(Integer::toString).toList());
  }

  /** On purpose: read_committed is the default here. */
  @Test
  void onlyStockTakesWhatAnAbortedTransactionLeft() throws Exception {
    assertThat(bodies(STOCK, "source-aborted", 2)).containsExactly("undone", "done");
    assertThat(bodies(OURS, "source-aborted", 1)).containsExactly("done");
  }

  /** On purpose: stock loses what it can't read, with a line in the log for a trace. */
  @ParameterizedTest
  @ValueSource(strings = {"source-junk", "source-nothing"})
  void oursStopsBeforeWhatItCantReadAndStockPassesItBy(String pair) throws Exception {
    both.agent().awaitLog("The record at " + pair + "-0@1 is no Flume event");

    assertThat(bodies(OURS, pair, 1)).containsExactly("before");
    both.await("it is committed", () -> offsets.committed(OURS.of(pair)).containsValue(1L));
    both.await("all is committed", () -> offsets.committed(STOCK.of(pair)).containsValue(3L));
    assertThat(bodies(STOCK, pair, 2)).containsExactly("before", "after");
  }

  /** On purpose: stock loses an event because of a record header without a value. */
  @Test
  void aHeaderWithoutAValueIsNoneInOurs() throws Exception {
    both.await("all", () -> offsets.committed("source-blank-stock").containsValue(3L));
    assertThat(bodies(STOCK, "source-blank", 2)).containsExactly("before", "after");
    assertThat(both.seen(OURS, "source-blank", 3))
        .noneMatch(event -> event.headers().containsKey("colour"))
        .extracting(Seen::body)
        .containsExactly("before", "blank", "after");
  }

  /** On purpose: what retention took before it was taken is a loss that somebody should know of. */
  @Test
  void oursStopsAtAGapAndStockJumpsOverIt() throws Exception {
    assertThat(bodies(STOCK, "source-gap", 5)).containsExactly("5", "6", "7", "8", "9");
    both.agent().awaitLog("kafka.offset.gap");
    assertThat(both.seen(OURS, "source-gap")).isEmpty();
    assertThat(offsets.committed("source-gap-ours")).containsValue(2L);
  }
}
