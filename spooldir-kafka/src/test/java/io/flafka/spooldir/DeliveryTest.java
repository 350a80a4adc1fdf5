package io.flafka.spooldir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.spooldir.read.FileEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.instrumentation.SourceCounter;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private final TestChannel channel = new TestChannel();
  private final SourceCounter counter = new SourceCounter("r1");
  private final StopSignal stop = new StopSignal();
  private final Delivery delivery =
      new Delivery(
          channel.processor(), counter, new Backoff(Duration.ofMillis(1)), stop, new Trouble("r1"));

  private static List<FileEvent> batch() {
    return List.of(new FileEvent("s", 2, "a".getBytes(ISO_8859_1), Map.of("k", "v")));
  }

  /** Fails so often, after doing to the events what an interceptor may do. */
  private void fail(int times, RuntimeException failure) {
    AtomicInteger left = new AtomicInteger(times);
    channel.before(
        batch -> {
          for (Event event : batch) {
            event.setBody((new String(event.getBody(), ISO_8859_1) + "!").getBytes(ISO_8859_1));
            event.getHeaders().merge("k", "+", String::concat);
          }
          if (left.getAndDecrement() > 0) {
            batch.clear();
            throw failure;
          }
        });
  }

  @Test
  void triesTheSameEventsAgainAsTheyWereRead() {
    fail(3, new ChannelException("full"));

    assertThat(delivery.deliver(batch())).isTrue();
    assertThat(channel.lines()).containsExactly("a!");
    assertThat(channel.events().get(0).getHeaders()).isEqualTo(Map.of("k", "v+"));
  }

  @Test
  void survivesAnInterceptorThatThrows() {
    fail(2, new IllegalStateException("interceptor's bug"));

    assertThat(delivery.deliver(batch())).isTrue();
    assertThat(counter.getGenericProcessingFail()).isEqualTo(2);
  }

  @Test
  void countsABatchOnceHoweverOftenItIsTried() {
    fail(3, new ChannelException("full"));
    delivery.deliver(batch());

    assertThat(counter.getEventReceivedCount()).isEqualTo(1);
    assertThat(counter.getEventAcceptedCount()).isEqualTo(1);
    assertThat(counter.getAppendBatchReceivedCount()).isEqualTo(1);
    assertThat(counter.getAppendBatchAcceptedCount()).isEqualTo(1);
    assertThat(counter.getChannelWriteFail()).isEqualTo(3);
  }

  @Test
  void givesUpOnlyWhenStopped() {
    channel.before(
        batch -> {
          stop.raise();
          throw new ChannelException("full");
        });

    assertThat(delivery.deliver(batch())).isFalse();
    assertThat(counter.getEventAcceptedCount()).isZero();
  }

  @Test
  void letsErrorsPass() {
    channel.before(
        batch -> {
          throw new OutOfMemoryError("in a test");
        });

    assertThatThrownBy(() -> delivery.deliver(batch())).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void waitsLongerEachTimeUpToTheLimit() {
    Backoff backoff = new Backoff(Duration.ofMillis(900));

    assertThat(List.of(backoff.next(), backoff.next(), backoff.next(), backoff.next()))
        .extracting(Duration::toMillis)
        .containsExactly(250L, 500L, 900L, 900L);
    backoff.reset();
    assertThat(backoff.next()).hasMillis(250);
    assertThat(new Backoff(Duration.ofMillis(9)).next()).hasMillis(9);
  }
}
