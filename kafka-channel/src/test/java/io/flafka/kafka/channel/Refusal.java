package io.flafka.kafka.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.flafka.testbed.Await;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flume.ChannelException;

/** What the channel says when the cluster doesn't let it do something. */
final class Refusal {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Refusal() {}

  /**
   * Does it until it is refused, with all these words: the cluster's answer may come only after the
   * channel's patience with an empty take.
   */
  static void await(Runnable action, String... words) {
    AtomicReference<Throwable> refusal = new AtomicReference<>();
    Await.until(
        "it is refused",
        LIMIT,
        () -> {
          refusal.set(catchThrowable(action::run));
          return refusal.get() != null;
        });
    assertThat(refusal.get()).isInstanceOf(ChannelException.class).hasMessageContainingAll(words);
  }
}
