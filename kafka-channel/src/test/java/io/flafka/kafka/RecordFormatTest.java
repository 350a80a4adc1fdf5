package io.flafka.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFormatTest {
  private final RecordFormat flume = new FlumeEventFormat();
  private final RecordFormat raw = new RawFormat();

  @Test
  void aFlumeEventKeepsItsHeadersAndItsKey() throws Exception {
    Map<String, String> headers = Map.of("key", "kéy", "host", "web1", "timestamp", "17");
    ProducerRecord<byte[], byte[]> record = flume.toRecord("weblogs", 3, event("line", headers));

    assertThat(record.key()).asString(UTF_8).isEqualTo("kéy");
    assertThat(record.partition()).isEqualTo(3);
    assertThat(record.timestamp()).isNull();
    assertThat(record.headers()).isEmpty();

    Event back = flume.toEvent(stored(record, 99, TimestampType.CREATE_TIME));
    assertThat(back.getHeaders()).isEqualTo(headers);
    assertThat(back.getBody()).asString(UTF_8).isEqualTo("line");
  }

  @Test
  void theRecordsKeyOverwritesTheHeader() throws Exception {
    byte[] value = FlumeEventCodec.encode(Map.of("key", "old"), new byte[0]);

    Event event = flume.toEvent(new ConsumerRecord<>("t", 0, 0, "new".getBytes(UTF_8), value));

    assertThat(event.getHeaders()).isEqualTo(Map.of("key", "new"));
  }

  @Test
  void aRecordWithoutValueIsNoFlumeEvent() {
    assertThatThrownBy(() -> flume.toEvent(new ConsumerRecord<>("t", 0, 0, null, null)))
        .isInstanceOf(MalformedEventException.class);
  }

  @Test
  void aRawRecordIsTheBodyItself() {
    Event event = event("line", Map.of("host", "web1"));
    ProducerRecord<byte[], byte[]> record = raw.toRecord("weblogs", null, event);

    assertThat(record.value()).isSameAs(event.getBody());
    assertThat(record.key()).isNull();
    assertThat(record.timestamp()).isNull();
    assertThat(record.headers()).isEmpty();
  }

  @Test
  void aRawRecordCarriesTheEventsTimeAndKey() throws Exception {
    Map<String, String> headers = Map.of("key", "k", "timestamp", "1379203200000");
    ProducerRecord<byte[], byte[]> record = raw.toRecord("weblogs", null, event("line", headers));

    assertThat(record.timestamp()).isEqualTo(1379203200000L);

    Event back = raw.toEvent(stored(record, 1379203200000L, TimestampType.CREATE_TIME));
    assertThat(back.getHeaders()).isEqualTo(headers);
    assertThat(back.getBody()).asString(UTF_8).isEqualTo("line");
  }

  @Test
  void theTimeAtWhichABrokerAppendedIsNotTheEvents() throws Exception {
    ProducerRecord<byte[], byte[]> record = raw.toRecord("weblogs", null, event("line", Map.of()));

    assertThat(raw.toEvent(stored(record, 5, TimestampType.LOG_APPEND_TIME)).getHeaders())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "noon", "", "1.5"})
  void aHeaderThatIsNoTimeIsLeftToTheProducer(String timestamp) {
    Event event = event("line", Map.of("timestamp", timestamp));

    assertThat(raw.toRecord("weblogs", null, event).timestamp()).isNull();
  }

  @Test
  void aRawRecordWithoutValueIsAnEmptyLine() throws Exception {
    Event event = raw.toEvent(new ConsumerRecord<>("t", 0, 0, null, null));

    assertThat(event.getBody()).isEmpty();
  }

  private static Event event(String body, Map<String, String> headers) {
    return EventBuilder.withBody(body, UTF_8, headers);
  }

  private static ConsumerRecord<byte[], byte[]> stored(
      ProducerRecord<byte[], byte[]> record, long timestamp, TimestampType type) {
    return new ConsumerRecord<>(
        record.topic(),
        0,
        0,
        timestamp,
        type,
        ConsumerRecord.NULL_SIZE,
        ConsumerRecord.NULL_SIZE,
        record.key(),
        record.value(),
        new RecordHeaders(),
        Optional.empty());
  }
}
