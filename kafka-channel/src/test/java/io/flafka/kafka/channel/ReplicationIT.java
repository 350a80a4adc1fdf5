package io.flafka.kafka.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.delivery.Guarantee;
import io.flafka.testbed.Cluster;
import io.flafka.testbed.TestbedExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flume.Context;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The channel on brokers that come and go, each record on three of them. */
@ExtendWith(TestbedExtension.class)
@Timeout(240)
class ReplicationIT {
  private static final int LINES = 500;
  private static final int BATCHES = 10;

  /** Longer than a delivery may take. */
  private static final Duration HOLD_UP = Duration.ofSeconds(8);

  private final Cluster cluster;
  private final List<KafkaChannel> channels = new ArrayList<>();

  ReplicationIT(Cluster cluster) {
    this.cluster = cluster;
  }

  private void restart(int node) {
    try {
      cluster.restart(node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void stopChannels() {
    channels.forEach(KafkaChannel::stop);
  }

  private KafkaChannel started(String topic, Guarantee guarantee) {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap.servers", cluster.bootstrapServers());
    values.put("kafka.topic", topic);
    values.put("kafka.consumer.group.id", topic);
    values.put("delivery.guarantee", guarantee.name());
    // What can't be delivered is to be said soon; by default it takes two minutes.
    values.put("kafka.producer.request.timeout.ms", "2000");
    values.put("kafka.producer.delivery.timeout.ms", "6000");
    values.put("kafka.producer.max.block.ms", "6000");
    if (guarantee == Guarantee.EXACTLY_ONCE) {
      values.put("kafka.transactional.id", topic);
      values.put("ledger.topic", topic + "-ledger");
    }
    KafkaChannel channel = new KafkaChannel();
    channel.setName("c-" + topic);
    channel.configure(new Context(values));
    channel.start();
    channels.add(channel);
    return channel;
  }

  private static void assertLanded(KafkaChannel channel, Guarantee guarantee, int lines) {
    Landing landing = new Landing(channel);
    landing.processUntil(lines);
    if (guarantee == Guarantee.EXACTLY_ONCE) {
      assertThat(landing.landed()).containsExactlyInAnyOrderElementsOf(Lines.bodies(0, lines));
    } else {
      assertThat(new HashSet<>(landing.landed())).containsAll(Lines.bodies(0, lines));
    }
  }

  @ParameterizedTest
  @EnumSource(Guarantee.class)
  void aLeaderThatDiesInMidPutCostsTimeAndNothingElse(Guarantee guarantee) throws Exception {
    String topic = cluster.createTopic("leaders-" + guarantee);
    Lines lines = new Lines(topic);
    KafkaChannel channel = started(topic, guarantee);
    CompletableFuture<?> killing = CompletableFuture.completedFuture(null);
    for (int batch = 0; batch < BATCHES; batch++) {
      if (batch == BATCHES / 2) {
        killing = CompletableFuture.runAsync(() -> cluster.kill(2));
      }
      lines.putUntilAccepted(channel, batch * LINES, (batch + 1) * LINES);
    }
    killing.join();
    restart(2);

    assertLanded(channel, guarantee, BATCHES * LINES);
  }

  @ParameterizedTest
  @EnumSource(Guarantee.class)
  void tooFewReplicasHoldUpThePutsUntilThereAreEnough(Guarantee guarantee) throws Exception {
    String topic = cluster.createTopic("replicas-" + guarantee);
    Lines lines = new Lines(topic);
    KafkaChannel channel = started(topic, guarantee);
    lines.put(channel, 0, LINES);

    cluster.kill(2);
    cluster.kill(3);
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<?> restarting =
        CompletableFuture.runAsync(
            () -> {
              enough.set(true);
              restart(2);
            },
            CompletableFuture.delayedExecutor(HOLD_UP.toSeconds(), TimeUnit.SECONDS));
    lines.putUntilAccepted(channel, LINES, 2 * LINES);
    assertThat(enough).isTrue();
    restarting.join();

    restart(3);
    assertLanded(channel, guarantee, 2 * LINES);
  }
}
