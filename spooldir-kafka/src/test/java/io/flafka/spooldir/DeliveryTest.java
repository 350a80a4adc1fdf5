package io.flafka.spooldir;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.delivery.RefusedEventException;
import io.flafka.spooldir.disk.FileHead;
import io.flafka.spooldir.disk.FileIdentity;
import io.flafka.spooldir.read.FileEvent;
import io.flafka.spooldir.retire.Quarantine;
import io.flafka.spooldir.track.Tracker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.ChannelException;
import org.apache.flume.ChannelFullException;
import org.apache.flume.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {
  @TempDir Path dir;
  private static final Path SPOOL = Path.of("/spool");

  private final TestChannel channel = new TestChannel();
  private final SpoolDirSourceStats counter = new SpoolDirSourceStats("r1");
  private final StopSignal stop = new StopSignal();
  private Delivery delivery;

  @BeforeEach
  void open() {
    delivery = delivery(Optional.of(new Quarantine(SPOOL, dir, () -> Instant.EPOCH)));
  }

  private Delivery delivery(Optional<Quarantine> quarantine) {
    Backoff backoff = new Backoff(Duration.ofMillis(1));
    return new Delivery(channel.processor(), quarantine, counter, backoff, stop, new Trouble("r1"));
  }

  /** Lines of one character each, from byte 10 on. */
  private static Batch batch(String... lines) {
    Tracker tracker =
        new Tracker(
            "0b6c9f8e-6f0d-4f43-9a53-4f2b1c1f7a10",
            SPOOL.resolve("d/a"),
            new FileIdentity(1, 100, FileTime.fromMillis(0)),
            FileHead.UNKNOWN,
            "LINE",
            10,
            false);
    Batch batch = new Batch();
    long end = 10;
    for (String line : lines) {
      end += 2;
      batch.add(new FileEvent(tracker.stream(), end, line.getBytes(ISO_8859_1), Map.of("k", "v")));
    }
    batch.add(new Segment(new FileInProgress(tracker, 0), 10, end, end, null));
    return batch;
  }

  private static Batch batch() {
    return batch("a");
  }

  private void refuse(String... lines) {
    channel.before(
        batch -> {
          for (Event event : batch) {
            if (List.of(lines).contains(new String(event.getBody(), ISO_8859_1))) {
              throw new RefusedEventException("too large", event);
            }
          }
        });
  }

  @Test
  void keepsWhatAChannelWillNeverAccept() throws IOException {
    refuse("b", "c", "e");

    assertThat(delivery.deliver(batch("a", "b", "c", "d", "e"))).isTrue();

    assertThat(channel.lines()).containsExactly("a", "d");
    assertThat(dir.resolve("d/a.0b6c9f8e.12-14")).hasContent("b");
    assertThat(dir.resolve("d/a.0b6c9f8e.14-16")).hasContent("c");
    assertThat(dir.resolve("d/a.0b6c9f8e.18-20")).hasContent("e");
    assertThat(dir.resolve("d/a.0b6c9f8e.12-14.report"))
        .content()
        .contains("file       /spool/d/a\n", "range      [12, 14)\n", "why        too large\n");
    assertThat(counter.getEventsQuarantined()).isEqualTo(3);
    assertThat(counter.getEventAcceptedCount()).isEqualTo(2);
  }

  @Test
  void doesNotPutAWholeBatchAgainForEachRefusedEvent() {
    String[] lines = Collections.nCopies(1_000, "a").toArray(String[]::new);
    AtomicInteger attempted = new AtomicInteger();
    channel.before(
        batch -> {
          attempted.addAndGet(batch.size());
          throw new RefusedEventException("too large", batch.get(0));
        });

    assertThat(delivery.deliver(batch(lines))).isTrue();

    assertThat(counter.getEventsQuarantined()).isEqualTo(1_000);
    assertThat(attempted).hasValueLessThan(110_000);
  }

  @Test
  void acceptsABatchOfWhichNothingIsLeft() {
    refuse("a", "b");

    assertThat(delivery.deliver(batch("a", "b"))).isTrue();
    assertThat(channel.lines()).isEmpty();
  }

  @Test
  void triesAgainIfARefusedEventCanNotBeKept() throws IOException {
    Files.writeString(dir.resolve("d"), "in the way");
    AtomicInteger attempts = new AtomicInteger();
    channel.before(
        batch -> {
          if (attempts.incrementAndGet() < 5) {
            throw new RefusedEventException("too large", batch.get(0));
          }
        });

    assertThat(delivery.deliver(batch())).isTrue();
    assertThat(channel.lines()).containsExactly("a");
  }

  @Test
  void triesARefusedEventAgainIfSoConfigured() {
    delivery = delivery(Optional.empty());
    AtomicInteger attempts = new AtomicInteger();
    channel.before(
        batch -> {
          if (attempts.incrementAndGet() < 5) {
            throw new RefusedEventException("not yet", batch.get(0));
          }
        });

    assertThat(delivery.deliver(batch())).isTrue();
    assertThat(channel.lines()).containsExactly("a");
    assertThat(counter.getEventsQuarantined()).isZero();
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
  void survivesAnInterceptorThatThrowsWhatItDoesNotDeclare() {
    AtomicInteger attempts = new AtomicInteger();
    channel.before(
        batch -> {
          if (attempts.incrementAndGet() < 3) {
            throw DeliveryTest.<RuntimeException>undeclared(new IOException("no such host"));
          }
        });

    assertThat(delivery.deliver(batch())).isTrue();
    assertThat(counter.getGenericProcessingFail()).isEqualTo(2);
  }

  /** As other languages than Java do. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> E undeclared(Exception e) throws E {
    throw (E) e;
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
  @Timeout(60)
  void takesABatchApartThatIsMoreThanItsChannelHolds() throws IOException {
    AtomicInteger attempts = new AtomicInteger();
    channel.before(
        batch -> {
          attempts.incrementAndGet();
          for (Event event : batch) {
            if (event.getBody()[0] == 'd') {
              throw new RefusedEventException("too large", event);
            }
          }
          if (batch.size() > 2) {
            throw new ChannelFullException("no room for so many bytes");
          }
        });

    assertThat(delivery.deliver(batch("a", "b", "c", "d", "e", "f", "g"))).isTrue();

    assertThat(channel.lines()).containsExactly("a", "b", "c", "e", "f", "g");
    assertThat(dir.resolve("d/a.0b6c9f8e.16-18")).hasContent("d");
    assertThat(counter.getEventAcceptedCount()).isEqualTo(6);
    assertThat(attempts).as("a channel may just be slow").hasValueGreaterThan(6);
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
