package io.flafka;

import static io.flafka.Side.Kind.CHANNEL;
import static io.flafka.Side.OURS;
import static io.flafka.Side.STOCK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.testbed.Broker;
import io.flafka.testbed.TestbedExtension;
import io.flafka.testbed.TopicDump;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flume.EventDeliveryException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Stock's Kafka channel and ours, with the same keys and the same input. */
@ExtendWith(TestbedExtension.class)
@Timeout(180)
class StockKafkaChannelIT {
  private static final String RAW = "parseAsFlumeEvent = false";

  private final Broker broker;
  private final Offsets offsets;
  @TempDir private Path folder;

  StockKafkaChannelIT(Broker broker) {
    this.broker = broker;
    this.offsets = new Offsets(broker);
  }

  private String topic(String name, int partitions) {
    return broker.createTopic(name, partitions, Map.of("retention.ms", "-1"));
  }

  @Test
  void bothPutTheSame() throws Exception {
    List<String> pairs = List.of("wrapped", "raw", "fixed", "by-header", "old-keys");
    pairs.stream().flatMap(SideBySide::both).forEach(name -> topic(name, 3));
    try (SideBySide both =
        new SideBySide(broker, folder)
            .pair(CHANNEL, "wrapped")
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
            .feed("feed", pairs)
            .start("puts")) {
      both.send("feed", Events.ofAllKinds());

      List<String> raw = List.of("raw", "fixed");
      Function<Sent, Sent> anywhere = Sent::whereChosen;
      for (String pair : pairs) {
        Function<Sent, Sent> as =
            List.of("fixed", "by-header").contains(pair) ? Function.identity() : anywhere;
        List<Sent> stock = sent(STOCK, pair, raw.contains(pair)).stream().map(as).toList();
        List<Sent> ours = sent(OURS, pair, raw.contains(pair)).stream().map(as).toList();
        assertThat(stock).as(pair).hasSameSizeAs(Events.ofAllKinds());
        assertThat(ours).as(pair).containsExactlyInAnyOrderElementsOf(stock);
        if (as != anywhere) {
          assertThat(ours).as(pair + ", in order").isEqualTo(stock);
        }
      }
      assertThat(sent(STOCK, "by-header", false)).extracting(Sent::partition).containsOnly(0, 1, 2);
      timesOfRecords();
      assertThat(both.agent().firstError()).isEmpty();
    }
  }

  private List<Sent> sent(Side side, String pair, boolean raw) throws Exception {
    return raw ? Sent.raw(broker, side.of(pair)) : Sent.wrapped(broker, side.of(pair));
  }

  /** On purpose: bare lines keep the time of the request, which stock loses. */
  private void timesOfRecords() {
    assertThat(timesBefore2020("raw-ours")).isEqualTo(Events.WITH_TIME);
    assertThat(timesBefore2020("raw-stock")).isZero();
    assertThat(timesBefore2020("wrapped-ours")).isZero();
    assertThat(timesBefore2020("wrapped-stock")).isZero();
  }

  private long timesBefore2020(String topic) {
    return TopicDump.of(broker, topic).stream()
        .filter(row -> row.timestamp() < 1577836800000L)
        .count();
  }

  /** On purpose: stock leaves the neighbours in the topic and will send them again and again. */
  @Test
  void whatCantBePutTakesNoneOfItsBatchAlongInOurs() throws Exception {
    SideBySide.both("refused").forEach(name -> topic(name, 2));
    try (SideBySide both =
        new SideBySide(broker, folder)
            .pair(
                CHANNEL,
                "refused",
                RAW,
                "partitionIdHeader = p",
                "kafka.producer.max.block.ms = 1000")
            .feed(STOCK, "refused")
            .feed(OURS, "refused")
            .start("refused")) {
      for (Side side : Side.values()) {
        assertThatThrownBy(
                () ->
                    both.send(
                        side.of("refused"),
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
  }

  @Test
  void bothTakeTheSame() throws Exception {
    topic("take-raw", 2);
    topic("take-wrapped", 2);
    topic("shared", 2);
    topic("aborted", 1);
    try (TopicWriter writer = new TopicWriter(broker)) {
      writeOfAllKinds(writer);
    }
    TopicWriter.writeAbortedAndCommitted(
        broker, "aborted", Wrapped.bytes("undone", Map.of()), Wrapped.bytes("done", Map.of()));

    try (SideBySide both =
        new SideBySide(broker, folder)
            .pair(CHANNEL, "take-raw", RAW, "kafka.topic = take-raw")
            .see("take-raw")
            .pair(CHANNEL, "take-wrapped", "kafka.topic = take-wrapped")
            .see("take-wrapped")
            .pair(
                CHANNEL, "shared", "kafka.topic = shared", "kafka.consumer.group.id = shared", RAW)
            .see("shared")
            .pair(CHANNEL, "aborted", "kafka.topic = aborted")
            .see("aborted")
            .start("takes")) {
      List<Seen> raw = both.seen(STOCK, "take-raw", 10);
      assertThat(raw).hasSize(10);
      // On purpose: the header timestamp, which stock loses, comes back.
      assertThat(raw).noneMatch(event -> event.headers().containsKey("timestamp"));
      assertThat(both.seen(OURS, "take-raw", 10))
          .allMatch(event -> event.headers().get("timestamp").equals("" + TopicWriter.TIME))
          .extracting(event -> event.without("timestamp"))
          .containsExactlyInAnyOrderElementsOf(raw);

      List<Seen> wrapped = both.seen(STOCK, "take-wrapped", 6);
      assertThat(wrapped).hasSize(6);
      assertThat(both.seen(OURS, "take-wrapped", 6)).containsExactlyInAnyOrderElementsOf(wrapped);

      for (String pair : List.of("take-raw", "take-wrapped")) {
        Map<String, Long> all = offsets.ends(2, pair);
        for (Side side : Side.values()) {
          both.await("all is committed", () -> offsets.committed(side.of(pair)).equals(all));
        }
      }

      // On purpose: our default is read_committed.
      assertThat(both.seen(STOCK, "aborted", 2))
          .extracting(Seen::body)
          .containsExactly("undone", "done");
      assertThat(both.seen(OURS, "aborted", 1)).extracting(Seen::body).containsExactly("done");

      shareAGroup(both);
      assertThat(both.agent().firstError()).isEmpty();
    }
  }

  private void writeOfAllKinds(TopicWriter writer) throws Exception {
    String raw = "take-raw";
    writer.write(raw, 0, null, "plain".getBytes(UTF_8));
    writer.write(raw, 1, "a key", "keyed".getBytes(UTF_8));
    writer.write(raw, 0, "Schlüssel 鍵", "Grüße, 世界".getBytes(UTF_8));
    writer.write(raw, 1, "", "an empty key".getBytes(UTF_8));
    writer.write(raw, 0, null, null);
    writer.write(raw, 1, "of nothing", null);
    writer.write(raw, 0, null, new byte[0]);
    writer.write(raw, 1, null, Events.everyByte());
    writer.write(raw, 0, null, Events.large());
    writer.write(raw, 1, null, "headers".getBytes(UTF_8), "one", "1", "two", null);
    String wrapped = "take-wrapped";
    writer.write(wrapped, 0, null, Wrapped.bytes("plain", Map.of()));
    writer.write(wrapped, 1, null, Wrapped.bytes("", Map.of("a", "1", "b", "")));
    writer.write(wrapped, 0, "k", Wrapped.bytes("the record's key wins", Map.of("key", "other")));
    writer.write(wrapped, 1, null, Wrapped.bytes("its own key", Map.of("key", "own")));
    writer.write(
        wrapped, 0, null, Wrapped.bytes("its own time", Map.of("timestamp", "1", "topic", "t")));
    writer.write(wrapped, 1, "鍵", Wrapped.bytes("Grüße, 世界", Map.of("größe", "日本")), "one", "1");
  }

  /** One member stock's, one ours, as in a rolling upgrade. */
  private void shareAGroup(SideBySide both) throws Exception {
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

  /** On purpose: stock passes by what it can't read and what it can't find, without a word. */
  @Test
  void oursStopsWhereStockLosesEvents() throws Exception {
    List<String> bad = List.of("junk", "nothing");
    bad.forEach(name -> topic(name, 1));
    topic("letters", 1);
    topic("gap", 1);
    try (TopicWriter writer = new TopicWriter(broker)) {
      for (String name : bad) {
        writer.write(name, 0, null, Wrapped.bytes("before", Map.of()));
        writer.write(name, 0, null, TopicWriter.bytes(name.equals("junk") ? "!" : null));
        writer.write(name, 0, null, Wrapped.bytes("after", Map.of()));
      }
      for (int i = 0; i < 10; i++) {
        writer.write("gap", 0, null, Wrapped.bytes("" + i, Map.of()));
      }
    }
    TopicPartition gap = new TopicPartition("gap", 0);
    offsets.move(List.of("gap-stock", "gap-ours", "gap-passed-ours"), gap, 2);
    offsets.expire(gap, 5);

    SideBySide agent = new SideBySide(broker, folder);
    for (String name : bad) {
      agent.pair(CHANNEL, name, "kafka.topic = " + name).see(name);
    }
    agent
        .one(OURS, CHANNEL, "kept", "kafka.topic = junk", "deadletter.topic = letters")
        .see(OURS, "kept")
        .pair(CHANNEL, "gap", "kafka.topic = gap")
        .see("gap")
        .one(OURS, CHANNEL, "gap-passed", "kafka.topic = gap", "kafka.offset.gap = continue")
        .see(OURS, "gap-passed");
    try (SideBySide both = agent.start("stops")) {
      for (String name : bad) {
        both.agent().awaitLog("The record at " + name + "-0@1 is no Flume event");
        assertThat(both.seen(OURS, name, 1)).extracting(Seen::body).containsExactly("before");
        both.await("it is committed", () -> offsets.committed(OURS.of(name)).containsValue(1L));
        assertThat(both.seen(STOCK, name, 2))
            .extracting(Seen::body)
            .containsExactly("before", "after");
        both.await("all is committed", () -> offsets.committed(STOCK.of(name)).containsValue(3L));
      }
      assertThat(both.seen(OURS, "kept", 2))
          .extracting(Seen::body)
          .containsExactly("before", "after");
      assertThat(Sent.raw(broker, "letters")).extracting(Sent::value).containsExactly("!");

      List<String> left = List.of("5", "6", "7", "8", "9");
      assertThat(both.seen(STOCK, "gap", 5)).extracting(Seen::body).isEqualTo(left);
      assertThat(both.seen(OURS, "gap-passed", 5)).extracting(Seen::body).isEqualTo(left);
      both.agent().awaitLog("kafka.offset.gap");
      assertThat(both.seen(OURS, "gap")).isEmpty();
      assertThat(offsets.committed("gap-ours")).containsValue(2L);
    }
  }

  @Test
  void eachGoesOnWhereTheOtherStopped() throws Exception {
    int records = 30_000;
    topic("handed-over", 2);
    try (TopicWriter writer = new TopicWriter(broker)) {
      for (int i = 0; i < records; i++) {
        writer.write(
            "handed-over", i % 2, null, Wrapped.bytes(i % 2 + "-" + i / 2, Map.of("n", "" + i)));
      }
    }
    Map<String, Long> from = Map.of("handed-over-0", 0L, "handed-over-1", 0L);
    from = takeSome(STOCK, "first", from, records / 4);
    from = takeSome(OURS, "second", from, records / 2);
    from = takeSome(STOCK, "third", from, 3 * records / 4);
    from = takeSome(OURS, "last", from, records);
    assertThat(from).isEqualTo(offsets.ends(2, "handed-over"));
  }

  /** Takes until the group has committed so many, and returns where it is then. */
  private Map<String, Long> takeSome(Side side, String name, Map<String, Long> from, long goal)
      throws Exception {
    SideBySide both = new SideBySide(broker, folder.resolve(name));
    both.one(
            side,
            CHANNEL,
            name,
            "kafka.topic = handed-over",
            "kafka.consumer.group.id = handed-over")
        .see(side, name, "sink.batchSize = 10");
    try (both) {
      both.start(name);
      both.await("some are committed", () -> total(offsets.committed("handed-over")) >= goal);
    }
    Map<String, Long> to = offsets.committed("handed-over");
    assertThat(total(to)).as("stopped in the middle").isLessThan(goal + 5_000);
    Map<String, List<String>> seen =
        both.seen(side, name).stream()
            .map(Seen::body)
            .collect(Collectors.groupingBy(body -> "handed-over-" + body.charAt(0)));
    to.forEach(
        (partition, end) -> {
          List<String> bodies = seen.get(partition);
          char number = partition.charAt(partition.length() - 1);
          assertThat(bodies)
              .isEqualTo(
                  IntStream.range(0, bodies.size())
                      .mapToObj(i -> number + "-" + (from.getOrDefault(partition, 0L) + i))
                      .toList());
          // What follows was taken by a transaction that the end of the agent rolled back.
          assertThat(from.getOrDefault(partition, 0L) + bodies.size()).isBetween(end, end + 10);
        });
    return to;
  }

  private static long total(Map<String, Long> offsets) {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }
}
