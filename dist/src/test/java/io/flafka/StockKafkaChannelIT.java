package io.flafka;

import static io.flafka.Side.Kind.CHANNEL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testbed.Broker;
import io.flafka.testbed.TestbedExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Stock's Kafka channel and ours, with the same keys and the same input. */
@ExtendWith(TestbedExtension.class)
@Timeout(180)
class StockKafkaChannelIT {
  private static final long REQUESTED = 1379285993000L;

  private final Broker broker;
  @TempDir private Path folder;

  StockKafkaChannelIT(Broker broker) {
    this.broker = broker;
  }

  private static Event event(String body, Map<String, String> headers) {
    return EventBuilder.withBody(body, UTF_8, headers);
  }

  /** Whatever may matter to a record, and many keys. */
  private static List<Event> ofAllKinds() {
    byte[] everyByte = new byte[256];
    IntStream.range(0, everyByte.length).forEach(i -> everyByte[i] = (byte) i);
    byte[] large = new byte[900_000];
    new Random(1).nextBytes(large);
    Map<String, String> many = new java.util.HashMap<>();
    IntStream.range(0, 70).forEach(i -> many.put("header-" + i, "value " + i));

    List<Event> events = new ArrayList<>();
    events.add(event("no headers", Map.of()));
    events.add(event("", Map.of()));
    events.add(event("", Map.of("key", "of nothing")));
    events.add(event("an empty key", Map.of("key", "")));
    events.add(event("an empty header", Map.of("empty", "")));
    events.add(
        event("Grüße, 世界 \uD83D\uDE00", Map.of("key", "Schlüssel 鍵", "größe", "日本 \uD83D\uDE00")));
    events.add(EventBuilder.withBody(everyByte, Map.of("key", "binary")));
    events.add(EventBuilder.withBody(large, Map.of("key", "large")));
    events.add(event("many headers", many));
    events.add(event("a time", Map.of("timestamp", "" + REQUESTED, "key", "time")));
    events.add(event("no time", Map.of("timestamp", "yesterday", "key", "time")));
    events.add(event("to the last", Map.of("p", "2", "key", "k")));
    events.add(event("to the first", Map.of("p", "0")));
    IntStream.range(0, 200).forEach(i -> events.add(event("body " + i, Map.of("key", "key " + i))));
    return events;
  }

  @Test
  void putTheSameRecords() throws Exception {
    List<String> pairs = List.of("wrapped", "raw", "fixed", "by-header", "old-keys");
    for (Side side : Side.values()) {
      pairs.forEach(pair -> broker.createTopic(side.of(pair), 3, Map.of("retention.ms", "-1")));
    }
    try (SideBySide both =
        new SideBySide(broker, folder)
            .pair(CHANNEL, "wrapped")
            .pair(CHANNEL, "raw", "parseAsFlumeEvent = false")
            .pair(CHANNEL, "fixed", "defaultPartitionId = 1")
            .pair(
                CHANNEL,
                "by-header",
                "partitionIdHeader = p",
                "defaultPartitionId = 1",
                "parseAsFlumeEvent = false")
            .pair(
                CHANNEL,
                "old-keys",
                "topic = old-keys-SIDE",
                "brokerList = " + broker.bootstrapServers(),
                "groupId = old-keys-SIDE",
                "readSmallestOffset = true")
            .feed("feed", pairs.stream().flatMap(SideBySide::both).toList())
            .start("puts")) {
      List<Event> events = ofAllKinds();
      both.send("feed", events);

      for (String pair : pairs) {
        List<Sent> stock = Sent.all(broker, Side.STOCK.of(pair));
        List<Sent> ours = Sent.all(broker, Side.OURS.of(pair));
        assertThat(stock).as(pair).hasSameSizeAs(events);
        if (List.of("fixed", "by-header").contains(pair)) {
          assertThat(ours).as(pair).containsExactlyElementsOf(stock);
        } else {
          assertThat(ours.stream().map(Sent::whereChosen))
              .as(pair)
              .containsExactlyInAnyOrderElementsOf(stock.stream().map(Sent::whereChosen).toList());
        }
      }
      assertThat(Sent.all(broker, Side.STOCK.of("by-header")))
          .extracting(Sent::partition)
          .as("not all to one partition")
          .containsOnly(0, 1, 2);
      assertThat(both.agent().firstError()).isEmpty();
    }
  }
}
