package io.flafka.kafka.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.delivery.RefusedEventException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordCheckTest {
  private static final int LARGEST = 1000;

  private final AtomicInteger asked = new AtomicInteger();
  private long nanos;
  private final RecordCheck check =
      new RecordCheck(
          LARGEST,
          Optional.empty(),
          new KnownTopics(this::partitions, () -> nanos),
          Optional.of("fixed"));

  private int partitions(String topic) {
    asked.incrementAndGet();
    if (topic.equals("missing")) {
      throw new ChannelException("It isn't there", new UnknownTopicOrPartitionException());
    }
    if (topic.equals("unreachable")) {
      throw new ChannelException("Nobody answers", new TimeoutException());
    }
    return topic.equals("weblogs") ? 2 : 1;
  }

  private final Event event = EventBuilder.withBody("line", UTF_8);

  private static ProducerRecord<byte[], byte[]> record(
      String topic, @Nullable Integer partition, String value) {
    return new ProducerRecord<>(topic, partition, null, value.getBytes(UTF_8));
  }

  /** By this the producer decides that a record is too large. */
  private static int kafkasEstimate(ProducerRecord<byte[], byte[]> record) {
    return AbstractRecords.estimateSizeInBytesUpperBound(
        RecordBatch.CURRENT_MAGIC_VALUE,
        CompressionType.NONE,
        record.key(),
        record.value(),
        record.headers().toArray());
  }

  @Test
  void refusesAPartitionThatIsNotThere() {
    assertThatCode(() -> check.check(record("weblogs", 1, "line"), event))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> check.check(record("weblogs", 2, "line"), event))
        .isInstanceOf(RefusedEventException.class)
        .hasMessageContaining("partition 2 of topic weblogs, which has 2 partitions");
    assertThatThrownBy(() -> check.check(record("other", 1, "line"), event))
        .hasMessageContaining("partition 1 of topic other, which has 1 partitions");
  }

  @Test
  void asksOnceForATopicsPartitions() {
    for (int i = 0; i < 10; i++) {
      check.check(record("weblogs", 1, "line"), event);
    }

    assertThat(asked).hasValue(1);
  }

  @Test
  void refusesATopicThatAnEventNamesAndThatIsNotThere() {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> check.check(record("missing", null, "line"), event))
          .isInstanceOf(RefusedEventException.class)
          .hasMessageContaining("topic missing, which is not there");
    }
    assertThat(asked).as("a producer takes long to know it").hasValue(1);

    nanos += Duration.ofMinutes(2).toNanos();
    assertThatThrownBy(() -> check.check(record("missing", null, "line"), event))
        .isInstanceOf(RefusedEventException.class);
    assertThat(asked).as("it may have been created").hasValue(2);
  }

  @Test
  void judgesNoTopicOfAClusterThatIsNotThere() {
    assertThatThrownBy(() -> check.check(record("unreachable", null, "line"), event))
        .isInstanceOf(ChannelException.class)
        .isNotInstanceOf(RefusedEventException.class);
  }

  @Test
  void doesNotAskForTheTopicThatTheConfigurationNames() {
    check.check(record("fixed", null, "line"), event);

    assertThat(asked).hasValue(0);
  }

  @Test
  void refusesARecordThatFitsIntoNoRequest() {
    int most = LARGEST;
    while (kafkasEstimate(record("weblogs", null, "x".repeat(most))) > LARGEST) {
      most--;
    }
    String fits = "x".repeat(most - 10);
    String doesNot = "x".repeat(most + 1);

    assertThatCode(() -> check.check(record("weblogs", null, fits), event))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> check.check(record("weblogs", null, doesNot), event))
        .isInstanceOf(RefusedEventException.class)
        .hasMessageContaining("kafka.producer.max.request.size = 1000");
  }

  @Test
  void weighsHeadersToo() {
    ProducerRecord<byte[], byte[]> record = record("weblogs", null, "x".repeat(600));
    record.headers().add("wéb", "y".repeat(400).getBytes(UTF_8));
    for (Header header : record.headers()) {
      assertThat(header.value()).hasSize(400);
    }

    assertThat(kafkasEstimate(record)).isGreaterThan(LARGEST);
    assertThatThrownBy(() -> check.check(record, event)).isInstanceOf(RefusedEventException.class);
  }
}
