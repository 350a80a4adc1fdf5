package io.flafka.kafka.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import javax.security.auth.login.LoginException;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AtLeastOnceSenderTest {
  private final List<ScriptedProducer> producers = new ArrayList<>();

  /** Fails as it is told to; answers only when it is flushed, as a slow cluster does. */
  private static final class ScriptedProducer extends MockProducer<byte[], byte[]> {
    private @Nullable RuntimeException onSend;
    private @Nullable RuntimeException answer;
    private int asked;
    private int flushed;

    ScriptedProducer() {
      super(
          Cluster.empty(),
          false,
          new RoundRobinPartitioner(),
          new ByteArraySerializer(),
          new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
      asked++;
      if (onSend != null) {
        throw onSend;
      }
      return super.send(record, callback);
    }

    @Override
    public synchronized void flush() {
      flushed++;
      if (answer != null) {
        completeNext();
        errorNext(answer);
      }
      super.flush();
    }
  }

  private final AtLeastOnceSender sender = new AtLeastOnceSender(this::open);

  private @Nullable KafkaException onOpen;

  private ScriptedProducer open() {
    if (onOpen != null) {
      throw onOpen;
    }
    ScriptedProducer producer = new ScriptedProducer();
    producers.add(producer);
    return producer;
  }

  private static Batch batch(int count) {
    Batch batch = new Batch();
    for (int i = 0; i < count; i++) {
      batch.add(new ProducerRecord<>("weblogs", 0, null, ("line " + i).getBytes(UTF_8)));
    }
    return batch;
  }

  @Test
  void sendsInOrderAndReturnsWhenAllIsAcknowledged() throws Exception {
    sender.send(batch(3));

    assertThat(producers.get(0).flushed).isEqualTo(1);
    assertThat(producers.get(0).history())
        .map(record -> new String(record.value(), UTF_8))
        .containsExactly("line 0", "line 1", "line 2");
  }

  @Test
  void namesTheFirstFailureAndWhatToChange() {
    producers.get(0).answer = new RecordTooLargeException("too large");

    assertThatThrownBy(() -> sender.send(batch(3)))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("3 events")
        .hasMessageContaining("RecordTooLargeException: too large")
        .hasMessageContaining("max.request.size")
        .hasMessageContaining("max.message.bytes");
  }

  @Test
  void aProducerThatRefusesToGoOnIsReplaced() throws Exception {
    producers.get(0).onSend = new KafkaException("in an error state");

    assertThatThrownBy(() -> sender.send(batch(3)))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("in an error state");
    sender.send(batch(3));

    assertThat(producers.get(0).asked).as("asked after its failure").isEqualTo(1);
    assertThat(producers.get(0).closed()).isTrue();
    assertThat(producers.get(1).history()).hasSize(3);
  }

  @Test
  void aProducerThatCantBeReplacedYetIsAFailureLikeOthers() throws Exception {
    producers.get(0).onSend = new KafkaException("in an error state");
    assertThatThrownBy(() -> sender.send(batch(3))).isInstanceOf(ChannelException.class);
    onOpen =
        new KafkaException(
            "Failed to construct kafka producer", new LoginException("No LoginModule found"));

    assertThatThrownBy(() -> sender.send(batch(3)))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("nothing was put: LoginException: No LoginModule found (check sasl");
    assertThatThrownBy(() -> sender.partitions("weblogs")).isInstanceOf(ChannelException.class);

    onOpen = null;
    sender.send(batch(3));
    assertThat(producers.get(1).history()).hasSize(3);
  }

  @Test
  void aFailureOfOneRecordReplacesNothing() throws Exception {
    producers.get(0).answer = new RecordTooLargeException("too large");
    assertThatThrownBy(() -> sender.send(batch(3))).isInstanceOf(ChannelException.class);
    producers.get(0).answer = null;

    sender.send(batch(1));

    assertThat(producers).hasSize(1);
  }

  @Test
  void anInterruptEndsTheWaiting() {
    producers.get(0).onSend = new InterruptException("interrupted");

    assertThatThrownBy(() -> sender.send(batch(1))).isInstanceOf(InterruptedException.class);

    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void closesItsProducer() {
    sender.close(Duration.ZERO);

    assertThat(producers.get(0).closed()).isTrue();
  }
}
