package io.flafka.kafka.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.kafka.record.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TopicReadersTest {
  private final List<MockConsumer<byte[], Payload>> consumers = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();
  private final AtomicInteger busy = new AtomicInteger();
  private final TopicReaders readers = new TopicReaders(this::open);

  private TopicReader open(int number) {
    numbers.add(number);
    MockConsumer<byte[], Payload> consumer =
        new MockConsumer<>("earliest") {
          @Override
          public void close(CloseOptions options) {
            if (busy.getAndDecrement() > 0) {
              throw new ConcurrentModificationException("its owner is inside");
            }
            super.close(options);
          }
        };
    consumers.add(consumer);
    return new TopicReader(
        consumer,
        new Subscription.Topics(List.of("weblogs")),
        Readers.LINES,
        Readers.SETTINGS,
        Readers.UNWATCHED);
  }

  private void takeOnAThreadThatDies() throws InterruptedException {
    Thread thread = new Thread(readers::ofThisThread);
    thread.start();
    thread.join();
  }

  @Test
  void everyThreadKeepsItsOwn() throws Exception {
    TopicReader mine = readers.ofThisThread();
    takeOnAThreadThatDies();

    assertThat(readers.ofThisThread()).isSameAs(mine);
    assertThat(consumers).hasSize(2);
  }

  @Test
  void theReaderOfADeadThreadLeavesTheGroup() throws Exception {
    takeOnAThreadThatDies();

    readers.ofThisThread();

    assertThat(consumers.get(0).closed()).isTrue();
    assertThat(consumers.get(1).closed()).isFalse();
  }

  @Test
  void theNumberOfADeadThreadIsGivenAgain() throws Exception {
    readers.ofThisThread();
    takeOnAThreadThatDies();
    takeOnAThreadThatDies();

    assertThat(numbers).containsExactly(1, 2, 2);
  }

  @Test
  void closesAllAndOpensNoMore() throws Exception {
    readers.ofThisThread();

    readers.close(Duration.ofSeconds(1));

    assertThat(consumers.get(0).closed()).isTrue();
    assertThatThrownBy(readers::ofThisThread).isInstanceOf(ChannelException.class);
  }

  @Test
  void waitsForAnOwnerThatIsStillInside() {
    readers.ofThisThread();
    busy.set(3);

    readers.close(Duration.ofSeconds(10));

    assertThat(consumers.get(0).closed()).isTrue();
  }

  @Test
  void doesNotWaitForEver() {
    readers.ofThisThread();
    busy.set(Integer.MAX_VALUE);

    readers.close(Duration.ofMillis(50));

    assertThat(consumers.get(0).closed()).isFalse();
  }
}
