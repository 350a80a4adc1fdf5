package io.flafka;

import static io.flafka.Side.Kind.CHANNEL;
import static io.flafka.Side.OURS;
import static io.flafka.Side.STOCK;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testbed.Broker;
import io.flafka.testbed.TestbedExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Agents with stock's channel and with ours take turns on one topic and one group. */
@ExtendWith(TestbedExtension.class)
@Timeout(120)
class StockTakeoverIT {
  private static final String NAME = "handed-over";
  private static final int RECORDS = 50_000;
  private static final int BATCH = 10;

  private final Offsets offsets;
  private final Broker broker;
  @TempDir private Path folder;

  StockTakeoverIT(Broker broker) {
    this.broker = broker;
    this.offsets = new Offsets(broker);
  }

  @Test
  void eachGoesOnWhereTheOtherStopped() throws Exception {
    broker.createTopic(NAME, 2, Map.of("retention.ms", "-1"));
    try (TopicWriter writer = new TopicWriter(broker)) {
      for (int i = 0; i < RECORDS; i++) {
        int partition = i % 2;
        writer.write(NAME, partition, null, Wrapped.bytes(partition + "-" + i / 2, Map.of()));
      }
    }

    Map<String, Long> first = takeTurn(OURS, "first", Map.of(), RECORDS / 5);
    Map<String, Long> second = takeTurn(STOCK, "second", first, RECORDS * 2 / 5);
    assertThat(total(second)).as("stopped in the middle").isLessThan(RECORDS);
    Map<String, Long> third = takeTurn(OURS, "third", second, RECORDS);

    assertThat(third).isEqualTo(offsets.ends(2, NAME));
  }

  /** Takes until the group has committed so many; returns where it is then. */
  private Map<String, Long> takeTurn(Side side, String turn, Map<String, Long> from, long goal)
      throws Exception {
    SideBySide agent = new SideBySide(broker, folder.resolve(turn));
    agent
        .one(side, CHANNEL, turn, "kafka.topic = " + NAME, "kafka.consumer.group.id = " + NAME)
        .see(side, turn, "sink.batchSize = " + BATCH);
    try (agent) {
      agent.start(turn);
      agent.await("some are committed", () -> total(offsets.committed(NAME)) >= goal);
      agent.stop();
    }
    Map<String, Long> to = offsets.committed(NAME);
    Map<Character, List<String>> seen =
        agent.seen(side, turn).stream().map(Seen::body).collect(groupingBy(body -> body.charAt(0)));
    to.forEach(
        (partition, end) -> {
          char number = partition.charAt(partition.length() - 1);
          List<String> bodies = seen.getOrDefault(number, List.of());
          long begin = from.getOrDefault(partition, 0L);
          assertThat(bodies)
              .as("%s turn, %s from %d to %d", turn, partition, begin, end)
              .isEqualTo(
                  IntStream.range(0, bodies.size())
                      .mapToObj(i -> number + "-" + (begin + i))
                      .toList());
          // A transaction that the agent's end rolled back may have been written, but no more.
          assertThat(begin + bodies.size()).isBetween(end, end + BATCH);
        });
    return to;
  }

  private static long total(Map<String, Long> offsets) {
    return offsets.values().stream().mapToLong(Long::longValue).sum();
  }
}
