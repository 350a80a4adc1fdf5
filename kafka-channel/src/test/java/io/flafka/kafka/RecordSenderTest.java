package io.flafka.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RecordSenderTest {
  private static final int LARGEST = 1000;

  private final MockProducer<byte[], byte[]> producer = producer();
  private final RecordSender sender = new RecordSender(producer, "weblogs", LARGEST);

  private static MockProducer<byte[], byte[]> producer() {
    Node node = new Node(1, "broker", 9092);
    Node[] nodes = {node};
    List<PartitionInfo> partitions =
        List.of(
            new PartitionInfo("weblogs", 0, node, nodes, nodes),
            new PartitionInfo("weblogs", 1, node, nodes, nodes));
    return new MockProducer<>(
        new Cluster("cluster", List.of(node), partitions, Set.of(), Set.of()),
        false,
        new RoundRobinPartitioner(),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static ProducerRecord<byte[], byte[]> record(@Nullable Integer partition, String value) {
    return new ProducerRecord<>("weblogs", partition, null, value.getBytes(UTF_8));
  }

  private static List<ProducerRecord<byte[], byte[]>> records(int count) {
    return IntStream.range(0, count).mapToObj(i -> record(0, "line " + i)).toList();
  }

  private CompletableFuture<@Nullable Void> sending(int count) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            sender.send(records(count));
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private void await(int sent) {
    while (producer.history().size() < sent) {
      Thread.onSpinWait();
    }
  }

  @Test
  void returnsWhenEveryRecordIsAcknowledged() throws Exception {
    CompletableFuture<@Nullable Void> sending = sending(3);
    await(3);

    producer.completeNext();
    producer.completeNext();
    assertThatThrownBy(() -> sending.get(50, TimeUnit.MILLISECONDS))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);

    producer.completeNext();
    assertThatCode(() -> sending.get(10, TimeUnit.SECONDS)).doesNotThrowAnyException();
    assertThat(producer.history())
        .map(record -> new String(record.value(), UTF_8))
        .containsExactly("line 0", "line 1", "line 2");
  }

  @Test
  void namesTheFirstFailureAndWhatToChange() {
    CompletableFuture<@Nullable Void> sending = sending(3);
    await(3);

    producer.completeNext();
    producer.errorNext(new RecordTooLargeException("too large"));
    producer.errorNext(new IllegalStateException("later"));

    assertThatThrownBy(() -> sending.get(10, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("3 events into topic weblogs")
        .hasMessageContaining("RecordTooLargeException: too large")
        .hasMessageContaining("max.request.size")
        .hasMessageContaining("max.message.bytes");
  }

  @Test
  void saysThatAClosedProducerSendsNothing() {
    sender.close(Duration.ZERO);

    assertThatThrownBy(() -> sender.send(records(1))).isInstanceOf(ChannelException.class);
  }

  @Test
  void sendsNothingMoreAfterAFailure() {
    CountingProducer failing = new CountingProducer();
    RecordSender failingSender = new RecordSender(failing, "weblogs", LARGEST);

    assertThatThrownBy(() -> failingSender.send(records(3))).isInstanceOf(ChannelException.class);

    assertThat(failing.asked).isEqualTo(1);
  }

  private static final class CountingProducer extends MockProducer<byte[], byte[]> {
    private int asked;

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
      asked++;
      throw new KafkaException("in an error state");
    }
  }

  @Test
  void anInterruptEndsTheWaiting() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> sender.send(records(1))).isInstanceOf(InterruptedException.class);

    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void refusesAPartitionThatIsNotThereBeforeAnythingIsSent() {
    assertThatCode(() -> sender.check(record(1, "line"))).doesNotThrowAnyException();
    assertThatThrownBy(() -> sender.check(record(2, "line")))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("partition 2 of topic weblogs, which has 2 partitions");
  }

  /** By this the producer decides that a record is too large. */
  private static int kafkasEstimate(String value) {
    return AbstractRecords.estimateSizeInBytesUpperBound(
        RecordBatch.CURRENT_MAGIC_VALUE,
        CompressionType.NONE,
        null,
        value.getBytes(UTF_8),
        new Header[0]);
  }

  @Test
  void refusesARecordThatFitsIntoNoRequest() {
    int most = LARGEST;
    while (kafkasEstimate("x".repeat(most)) > LARGEST) {
      most--;
    }
    String fits = "x".repeat(most - 10);
    String doesNot = "x".repeat(most + 1);
    assertThatCode(() -> sender.check(record(null, fits))).doesNotThrowAnyException();
    assertThatThrownBy(() -> sender.check(record(null, doesNot)))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("kafka.producer.max.request.size = 1000");
  }
}
