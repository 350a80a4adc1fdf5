package io.flafka;

import static io.flafka.Side.Kind.SINK;
import static io.flafka.Side.OURS;
import static io.flafka.Side.STOCK;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testbed.Broker;
import io.flafka.testbed.TestbedExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flume.Event;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stock's Kafka sink and ours, in one agent, with the same keys and the same input. */
@ExtendWith(TestbedExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class StockKafkaSinkIT {
  private static final List<String> SENDING =
      List.of("bodies", "events", "directed", "old-sink-keys");
  private static final List<String> CHOOSING = List.of("chosen", "literal", "by-other", "filled");

  private final Broker broker;
  private final SideBySide both;

  StockKafkaSinkIT(Broker broker, @TempDir Path folder) throws IOException {
    this.broker = broker;
    this.both = new SideBySide(broker, folder);
  }

  @BeforeAll
  void start() throws Exception {
    sending();
    choosing();
    sink("dated", "timestampHeader = when");
    sink("doomed", "partitionIdHeader = p", "kafka.producer.max.block.ms = 1000");
    SideBySide.both("dated").forEach(name -> topic(name, 1));
    SideBySide.both("doomed").forEach(name -> topic(name, 2));
    both.feed("sending", SENDING)
        .feed("choosing", CHOOSING)
        .feed("dated", List.of("dated"))
        .feed("doomed", List.of("doomed"))
        .start("sinks");
    for (Side side : Side.values()) {
      both.send(side, "doomed", doomed());
      both.send(side, "dated", List.of(Events.of("before all time", Map.of("when", "-1"))));
      both.send(side, "sending", Events.ofAllKinds());
      both.send(side, "choosing", toManyTopics(side));
    }
  }

  @AfterAll
  void stop() {
    both.close();
  }

  private void sending() {
    SENDING.stream().flatMap(SideBySide::both).forEach(name -> topic(name, 3));
    sink("bodies");
    sink(
        "events",
        "useFlumeEventFormat = true",
        "timestampHeader = timestamp",
        "header.host = the-host",
        "header.key = the-key",
        "header.absent = absent");
    sink("directed", "partitionIdHeader = p", "defaultPartitionId = 1", "flumeBatchSize = 7");
    sink(
        "old-sink-keys",
        "topic = old-sink-keys-SIDE",
        "brokerList = " + broker.bootstrapServers(),
        "batchSize = 10",
        "requiredAcks = -1");
  }

  private void choosing() {
    CHOOSING.stream().flatMap(SideBySide::both).forEach(name -> topic(name, 1));
    for (String elsewhere : List.of("topic-of", "to-of", "filled-web-2013", "filled--2013")) {
      SideBySide.both(elsewhere).forEach(name -> topic(name, 1));
    }
    sink("chosen");
    sink("literal", "allowTopicOverride = false");
    sink("by-other", "topicHeader = to");
    sink("filled", "topicHeader = none", "kafka.topic = filled-%{kind}-%Y-SIDE");
  }

  private static List<Event> toManyTopics(Side side) {
    String timestamp = "" + TopicWriter.TIME;
    return List.of(
        Events.of("nothing said", Map.of("timestamp", timestamp)),
        Events.of("a topic", Map.of("topic", side.of("topic-of"), "timestamp", timestamp)),
        Events.of("another", Map.of("to", side.of("to-of"), "timestamp", timestamp)),
        Events.of("a kind", Map.of("kind", "web", "timestamp", timestamp)));
  }

  private static List<Event> doomed() {
    return List.of(
        Events.of("before", Map.of("p", "0")),
        Events.of("nowhere", Map.of("p", "99")),
        Events.of("after", Map.of("p", "1")));
  }

  private void sink(String name, String... keys) {
    both.memory(name).pair(SINK, name, keys);
  }

  private void topic(String name, int partitions) {
    broker.createTopic(name, partitions, Map.of("retention.ms", "-1"));
  }

  private List<String> bodies(Side side, String topic) {
    return Sent.raw(broker, side.of(topic)).stream().map(Sent::value).toList();
  }

  private void awaitAll(String topic) {
    int all = Events.ofAllKinds().size();
    for (Side side : Side.values()) {
      both.await(side + " has sent", () -> bodies(side, topic).size() >= all);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bodies", "old-sink-keys"})
  void bothSendTheSameBareBodies(String topic) {
    awaitAll(topic);
    List<Sent> stock = Sent.raw(broker, STOCK.of(topic));

    assertThat(stock).hasSameSizeAs(Events.ofAllKinds());
    assertThat(Sent.raw(broker, OURS.of(topic)).stream().map(Sent::whereChosen))
        .containsExactlyInAnyOrderElementsOf(stock.stream().map(Sent::whereChosen).toList());
  }

  @Test
  void bothSendTheSameFlumeEventsWithRecordHeadersAndTimes() throws Exception {
    awaitAll("events");
    List<Sent> stock = Sent.wrapped(broker, "events-stock");

    assertThat(stock).hasSameSizeAs(Events.ofAllKinds());
    assertThat(stock).anyMatch(record -> record.headers().size() == 2);
    assertThat(Sent.wrapped(broker, "events-ours").stream().map(Sent::whereChosen))
        .containsExactlyInAnyOrderElementsOf(stock.stream().map(Sent::whereChosen).toList());
    for (Side side : Side.values()) {
      assertThat(Sent.longAgo(broker, side.of("events"))).isEqualTo(Events.WITH_TIME);
      assertThat(Sent.longAgo(broker, side.of("bodies"))).as("without the key").isZero();
    }
  }

  @Test
  void bothSendToThePartitionThatIsNamed() {
    awaitAll("directed");
    List<Sent> stock = Sent.raw(broker, "directed-stock");

    assertThat(stock).hasSameSizeAs(Events.ofAllKinds());
    assertThat(stock).extracting(Sent::partition).contains(0, 1, 2);
    assertThat(Sent.raw(broker, "directed-ours")).isEqualTo(stock);
  }

  @Test
  void bothSendToTheSameTopics() {
    for (Side side : Side.values()) {
      both.await("the last topic", () -> bodies(side, "filled-web-2013").size() == 1);
      both.await("the other", () -> bodies(side, "literal").size() == 4);
      both.await("the chosen", () -> bodies(side, "chosen").size() == 3);
      both.await("by other", () -> bodies(side, "by-other").size() == 3);

      assertThat(bodies(side, "chosen")).containsExactly("nothing said", "another", "a kind");
      assertThat(bodies(side, "topic-of")).containsExactly("a topic");
      assertThat(bodies(side, "literal"))
          .containsExactly("nothing said", "a topic", "another", "a kind");
      assertThat(bodies(side, "by-other")).containsExactly("nothing said", "a topic", "a kind");
      assertThat(bodies(side, "to-of")).containsExactly("another");
      assertThat(bodies(side, "filled-web-2013")).containsExactly("a kind");
      assertThat(bodies(side, "filled--2013"))
          .containsExactly("nothing said", "a topic", "another");
    }
  }

  /** On purpose: a time that is none is no reason to hold up the event, and all behind it. */
  @Test
  void aTimeBefore1970StopsOnlyStock() {
    both.await("ours has sent", () -> bodies(OURS, "dated").size() == 1);

    assertThat(bodies(OURS, "dated")).containsExactly("before all time");
    both.agent().awaitLog("Invalid timestamp: -1");
    assertThat(bodies(STOCK, "dated")).isEmpty();
  }

  /** On purpose: stock sends the neighbours again and again. */
  @Test
  void whatCantBeSentDoublesItsNeighboursOnlyInStock() {
    both.await("stock's second attempt", () -> bodies(STOCK, "doomed").size() >= 4);
    both.await("ours", () -> !bodies(OURS, "doomed").isEmpty());

    assertThat(bodies(STOCK, "doomed")).containsOnly("before", "after");
    assertThat(bodies(OURS, "doomed")).containsExactly("before");
  }
}
