package io.flafka;

import static io.flafka.Side.Kind.CHANNEL;
import static io.flafka.Side.OURS;
import static io.flafka.Side.STOCK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testbed.Broker;
import io.flafka.testbed.TestbedExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flume.EventDeliveryException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stock's Kafka channel and ours, in one agent, with the same keys and the same input. */
@ExtendWith(TestbedExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class StockKafkaChannelIT {
  private static final String RAW = "parseAsFlumeEvent = false";
  private static final List<String> PUT =
      List.of("wrapped", "raw", "fixed", "by-header", "old-keys");

  private final Broker broker;
  private final Offsets offsets;
  private final SideBySide both;

  StockKafkaChannelIT(Broker broker, @TempDir Path folder) throws IOException {
    this.broker = broker;
    this.offsets = new Offsets(broker);
    this.both = new SideBySide(broker, folder);
  }

  @BeforeAll
  void start() throws Exception {
    putting();
    taking();
    stopping();
    both.start("channels");
    for (Side side : Side.values()) {
      both.send(side, "feed", Events.ofAllKinds());
    }
  }

  @AfterAll
  void stop() {
    both.close();
  }

  private void putting() {
    PUT.stream().flatMap(SideBySide::both).forEach(name -> topic(name, 3));
    SideBySide.both("refused").forEach(name -> topic(name, 2));
    both.pair(CHANNEL, "wrapped")
        .pair(CHANNEL, "raw", RAW)
        .pair(CHANNEL, "fixed", "defaultPartitionId = 1", RAW)
        .pair(CHANNEL, "by-header", "partitionIdHeader = p", "defaultPartitionId = 1")
        .pair(
            CHANNEL,
            "old-keys",
            "topic = old-keys-SIDE",
            "brokerList = " + broker.bootstrapServers(),
            "groupId = old-keys-SIDE",
            "readSmallestOffset = true")
        .feed("feed", PUT)
        .pair(
            CHANNEL, "refused", RAW, "partitionIdHeader = p", "kafka.producer.max.block.ms = 1000")
        .feed("refused", List.of("refused"));
  }

  private void taking() throws IOException {
    Stream.of("take-raw", "take-wrapped", "shared").forEach(name -> topic(name, 2));
    topic("aborted", 1);
    try (TopicWriter writer = new TopicWriter(broker)) {
      writeRaw(writer, "take-raw");
      writeWrapped(writer, "take-wrapped");
    }
    TopicWriter.writeAbortedAndCommitted(
        broker, "aborted", Wrapped.bytes("undone", Map.of()), Wrapped.bytes("done", Map.of()));
    both.pair(CHANNEL, "take-raw", RAW, "kafka.topic = take-raw")
        .see("take-raw")
        .pair(CHANNEL, "take-wrapped", "kafka.topic = take-wrapped")
        .see("take-wrapped")
        .pair(CHANNEL, "shared", "kafka.topic = shared", "kafka.consumer.group.id = shared", RAW)
        .see("shared")
        .pair(CHANNEL, "aborted", "kafka.topic = aborted")
        .see("aborted");
  }

  private static void writeRaw(TopicWriter writer, String topic) {
    writer.write(topic, 0, null, "plain".getBytes(UTF_8));
    writer.write(topic, 1, "a key", "keyed".getBytes(UTF_8));
    writer.write(topic, 0, "Schlüssel 鍵", "Grüße, 世界".getBytes(UTF_8));
    writer.write(topic, 1, "", "an empty key".getBytes(UTF_8));
    writer.write(topic, 0, null, null);
    writer.write(topic, 1, "of nothing", null);
    writer.write(topic, 0, null, new byte[0]);
    writer.write(topic, 1, null, Events.everyByte());
    writer.write(topic, 0, null, Events.large());
    writer.write(topic, 1, null, "headers".getBytes(UTF_8), "one", "1", "two", null);
  }

  private static void writeWrapped(TopicWriter writer, String topic) throws IOException {
    writer.write(topic, 0, null, Wrapped.bytes("plain", Map.of()));
    writer.write(topic, 1, null, Wrapped.bytes("", Map.of("a", "1", "b", "")));
    writer.write(topic, 0, "k", Wrapped.bytes("the record's key wins", Map.of("key", "other")));
    writer.write(topic, 1, null, Wrapped.bytes("its own key", Map.of("key", "own")));
    writer.write(
        topic, 0, null, Wrapped.bytes("its own place", Map.of("timestamp", "1", "topic", "t")));
    writer.write(topic, 1, "鍵", Wrapped.bytes("Grüße", Map.of("größe", "日本")), "one", "1");
  }

  private void stopping() throws Exception {
    Stream.of("junk", "nothing", "letters", "gap").forEach(name -> topic(name, 1));
    try (TopicWriter writer = new TopicWriter(broker)) {
      for (String name : List.of("junk", "nothing")) {
        writer.write(name, 0, null, Wrapped.bytes("before", Map.of()));
        writer.write(name, 0, null, name.equals("junk") ? new byte[] {'!'} : null);
        writer.write(name, 0, null, Wrapped.bytes("after", Map.of()));
        both.pair(CHANNEL, name, "kafka.topic = " + name).see(name);
      }
      for (int i = 0; i < 10; i++) {
        writer.write("gap", 0, null, Wrapped.bytes("" + i, Map.of()));
      }
    }
    TopicPartition gap = new TopicPartition("gap", 0);
    offsets.move(List.of("gap-stock", "gap-ours", "gap-passed-ours"), gap, 2);
    offsets.expire(gap, 5);
    both.one(OURS, CHANNEL, "kept", "kafka.topic = junk", "deadletter.topic = letters")
        .see(OURS, "kept")
        .pair(CHANNEL, "gap", "kafka.topic = gap")
        .see("gap")
        .one(OURS, CHANNEL, "gap-passed", "kafka.topic = gap", "kafka.offset.gap = continue")
        .see(OURS, "gap-passed");
  }

  private String topic(String name, int partitions) {
    return broker.createTopic(name, partitions, Map.of("retention.ms", "-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrapped", "old-keys"})
  void bothPutTheSameFlumeEvents(String pair) throws Exception {
    List<Sent> stock = Sent.wrapped(broker, STOCK.of(pair));

    assertThat(stock).hasSameSizeAs(Events.ofAllKinds());
    assertThat(Sent.wrapped(broker, OURS.of(pair)).stream().map(Sent::whereChosen))
        .containsExactlyInAnyOrderElementsOf(stock.stream().map(Sent::whereChosen).toList());
  }

  @Test
  void bothPutTheSameBareBodies() {
    List<Sent> stock = Sent.raw(broker, "raw-stock");

    assertThat(stock).hasSameSizeAs(Events.ofAllKinds());
    assertThat(Sent.raw(broker, "raw-ours").stream().map(Sent::whereChosen))
        .containsExactlyInAnyOrderElementsOf(stock.stream().map(Sent::whereChosen).toList());
  }

  @Test
  void bothPutWhereTheConfigurationSays() {
    List<Sent> stock = Sent.raw(broker, "fixed-stock");

    assertThat(stock).hasSameSizeAs(Events.ofAllKinds());
    assertThat(stock).extracting(Sent::partition).containsOnly(1);
    assertThat(Sent.raw(broker, "fixed-ours")).isEqualTo(stock);
  }

  @Test
  void bothPutWhereTheHeaderSays() throws Exception {
    List<Sent> stock = Sent.wrapped(broker, "by-header-stock");

    assertThat(stock).hasSameSizeAs(Events.ofAllKinds());
    assertThat(stock).extracting(Sent::partition).contains(0, 1, 2);
    assertThat(Sent.wrapped(broker, "by-header-ours")).isEqualTo(stock);
  }

  /** On purpose: bare lines keep the time of the request, which stock loses. */
  @Test
  void onlyOursPutsTheTimeOfABareBody() {
    assertThat(Sent.longAgo(broker, "raw-ours")).isEqualTo(Events.WITH_TIME);
    assertThat(Sent.longAgo(broker, "raw-stock")).isZero();
    assertThat(Sent.longAgo(broker, "wrapped-ours")).isZero();
    assertThat(Sent.longAgo(broker, "wrapped-stock")).isZero();
  }

  /** On purpose: stock leaves the neighbours in the topic, and would again with each attempt. */
  @Test
  void whatCantBePutTakesNoneOfItsBatchAlongInOurs() {
    for (Side side : Side.values()) {
      assertThatThrownBy(
              () ->
                  both.send(
                      side,
                      "refused",
                      List.of(
                          Events.of("before", Map.of("p", "0")),
                          Events.of("nowhere", Map.of("p", "99")),
                          Events.of("after", Map.of("p", "1")))))
          .as(side.name())
          .isInstanceOf(EventDeliveryException.class);
    }

    assertThat(Sent.raw(broker, "refused-stock"))
        .extracting(Sent::value)
        .containsExactly("before", "after");
    assertThat(Sent.raw(broker, "refused-ours")).isEmpty();
  }

  /** On purpose but for that: the header timestamp, which stock loses. */
  @Test
  void bothTakeTheSameBareBodies() throws Exception {
    List<Seen> stock = both.seen(STOCK, "take-raw", 10);

    assertThat(stock).hasSize(10);
    assertThat(stock).noneMatch(event -> event.headers().containsKey("timestamp"));
    assertThat(both.seen(OURS, "take-raw", 10))
        .allMatch(event -> ("" + TopicWriter.TIME).equals(event.headers().get("timestamp")))
        .extracting(event -> event.without("timestamp"))
        .containsExactlyInAnyOrderElementsOf(stock);
  }

  @Test
  void bothTakeTheSameFlumeEvents() throws Exception {
    List<Seen> stock = both.seen(STOCK, "take-wrapped", 6);

    assertThat(stock).hasSize(6);
    assertThat(both.seen(OURS, "take-wrapped", 6)).containsExactlyInAnyOrderElementsOf(stock);
  }

  @ParameterizedTest
  @ValueSource(strings = {"take-raw", "take-wrapped"})
  void bothCommitTheSameOffsets(String pair) throws Exception {
    Map<String, Long> all = offsets.ends(2, pair);

    for (Side side : Side.values()) {
      both.await("all is committed", () -> offsets.committed(side.of(pair)).equals(all));
    }
  }

  /** As in a rolling upgrade. */
  @Test
  void bothAreMembersOfOneGroup() throws Exception {
    both.await("each has a partition", () -> offsets.assigned("shared").equals(List.of(1, 1)));
    try (TopicWriter writer = new TopicWriter(broker)) {
      for (int i = 0; i < 100; i++) {
        writer.write("shared", i % 2, null, ("" + i).getBytes(UTF_8));
      }
    }

    assertThat(
            Stream.concat(
                    both.seen(STOCK, "shared", 50).stream(), both.seen(OURS, "shared", 50).stream())
                .map(Seen::body))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 100).mapToObj(Integer::toString).toList());
  }

  /** On purpose: read_committed is the default here. */
  @Test
  void onlyStockTakesWhatAnAbortedTransactionLeft() throws Exception {
    assertThat(both.seen(STOCK, "aborted", 2))
        .extracting(Seen::body)
        .containsExactly("undone", "done");
    assertThat(both.seen(OURS, "aborted", 1)).extracting(Seen::body).containsExactly("done");
  }

  /** On purpose: stock loses what it can't read, with a line in the log for a trace. */
  @ParameterizedTest
  @ValueSource(strings = {"junk", "nothing"})
  void oursStopsBeforeWhatItCantReadAndStockPassesItBy(String pair) throws Exception {
    both.agent().awaitLog("The record at " + pair + "-0@1 is no Flume event");

    assertThat(both.seen(OURS, pair, 1)).extracting(Seen::body).containsExactly("before");
    both.await("it is committed", () -> offsets.committed(OURS.of(pair)).containsValue(1L));
    both.await("all is committed", () -> offsets.committed(STOCK.of(pair)).containsValue(3L));
    assertThat(both.seen(STOCK, pair)).extracting(Seen::body).contains("before", "after");
  }

  @Test
  void oursKeepsWhatItCantReadIfThereIsATopicForIt() throws Exception {
    assertThat(both.seen(OURS, "kept", 2))
        .extracting(Seen::body)
        .containsExactly("before", "after");
    assertThat(Sent.raw(broker, "letters")).extracting(Sent::value).containsExactly("!");
  }

  /** On purpose: what retention took before it was taken is a loss that somebody should know of. */
  @Test
  void oursStopsAtAGapAndStockJumpsOverIt() throws Exception {
    List<String> left = List.of("5", "6", "7", "8", "9");

    both.agent().awaitLog("kafka.offset.gap");
    assertThat(both.seen(STOCK, "gap", 5)).extracting(Seen::body).isEqualTo(left);
    assertThat(both.seen(OURS, "gap-passed", 5)).extracting(Seen::body).isEqualTo(left);
    assertThat(both.seen(OURS, "gap")).isEmpty();
    assertThat(offsets.committed("gap-ours")).containsValue(2L);
  }
}
