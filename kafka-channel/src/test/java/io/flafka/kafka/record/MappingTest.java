package io.flafka.kafka.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.flafka.delivery.Position;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.serialization.EventSerializer;
import org.apache.flume.serialization.EventSerializerFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events to records and back, as the channel does it. */
class MappingTest {
  private static final PartitionChoice ANY = new PartitionChoice(null, null);

  private final EventMapping flume =
      new EventMapping(
          ValueFormat.FLUME_EVENT, new PartitionChoice(3, null), null, HeaderChoice.NONE);
  private final EventMapping raw =
      new EventMapping(ValueFormat.RAW, ANY, "timestamp", HeaderChoice.NONE);
  private final RecordMapping keyAlone =
      new RecordMapping(RecordMapping.Time.NONE, null, false, HeaderChoice.NONE);
  private final RecordMapping keyAndTime =
      new RecordMapping(RecordMapping.Time.CREATED, null, false, HeaderChoice.NONE);

  @Test
  void aFlumeEventKeepsItsHeadersAndItsKey() {
    Map<String, String> headers = Map.of("key", "kéy", "host", "web1", "timestamp", "17");
    ProducerRecord<byte[], byte[]> record = flume.record("weblogs", event("line", headers));

    assertThat(record.key()).asString(UTF_8).isEqualTo("kéy");
    assertThat(record.partition()).isEqualTo(3);
    assertThat(record.timestamp()).isNull();
    assertThat(record.headers()).isEmpty();

    Event back = back(record, ValueFormat.FLUME_EVENT, keyAlone, 99, TimestampType.CREATE_TIME);
    assertThat(back.getHeaders()).isEqualTo(headers);
    assertThat(back.getBody()).asString(UTF_8).isEqualTo("line");
  }

  @Test
  void theRecordsKeyOverwritesTheHeader() {
    byte[] value = FlumeEventCodec.encode(Map.of("key", "old"), new byte[0]);
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("t", "new".getBytes(UTF_8), value);

    Event event = back(record, ValueFormat.FLUME_EVENT, keyAlone, 0, TimestampType.CREATE_TIME);

    assertThat(event.getHeaders()).isEqualTo(Map.of("key", "new"));
  }

  @Test
  void aRecordWithoutValueIsNoFlumeEvent() {
    assertThat(ValueFormat.FLUME_EVENT.decode(null)).isInstanceOf(Malformed.class);
  }

  @Test
  void whatIsNoFlumeEventKeepsItsBytes() {
    byte[] value = "no event".getBytes(UTF_8);

    assertThat(ValueFormat.FLUME_EVENT.decode(ByteBuffer.wrap(value)))
        .asInstanceOf(type(Malformed.class))
        .satisfies(malformed -> assertThat(malformed.value()).isEqualTo(value));
  }

  @Test
  void readsFromTheMiddleOfABufferOfAnyKind() {
    byte[] datum = FlumeEventCodec.encode(Map.of("host", "web1"), "line".getBytes(UTF_8));
    for (ByteBuffer buffer :
        new ByteBuffer[] {ByteBuffer.allocate(99), ByteBuffer.allocateDirect(99)}) {
      buffer.position(7).put(datum).flip().position(7);

      assertThat(ValueFormat.FLUME_EVENT.decode(buffer.slice().duplicate()))
          .asInstanceOf(type(RecordEvent.class))
          .satisfies(event -> assertThat(event.getBody()).asString(UTF_8).isEqualTo("line"))
          .satisfies(event -> assertThat(event.getHeaders()).containsEntry("host", "web1"));
      assertThat(ValueFormat.RAW.decode(buffer.duplicate()))
          .asInstanceOf(type(RecordEvent.class))
          .satisfies(event -> assertThat(event.getBody()).isEqualTo(datum));
    }
  }

  @Test
  void aRawRecordIsTheBodyItself() {
    Event event = event("line", Map.of("host", "web1"));
    ProducerRecord<byte[], byte[]> record = raw.record("weblogs", event);

    assertThat(record.value()).isSameAs(event.getBody());
    assertThat(record.key()).isNull();
    assertThat(record.timestamp()).isNull();
    assertThat(record.headers()).isEmpty();
  }

  @Test
  void aRawRecordCarriesTheEventsTimeAndKey() {
    Map<String, String> headers = Map.of("key", "k", "timestamp", "1379203200000");
    ProducerRecord<byte[], byte[]> record = raw.record("weblogs", event("line", headers));

    assertThat(record.timestamp()).isEqualTo(1379203200000L);

    Event back =
        back(record, ValueFormat.RAW, keyAndTime, 1379203200000L, TimestampType.CREATE_TIME);
    assertThat(back.getHeaders()).isEqualTo(headers);
    assertThat(back.getBody()).asString(UTF_8).isEqualTo("line");
  }

  @Test
  void theTimeAtWhichABrokerAppendedIsNotTheEvents() {
    ProducerRecord<byte[], byte[]> record = raw.record("weblogs", event("line", Map.of()));

    assertThat(
            back(record, ValueFormat.RAW, keyAndTime, 5, TimestampType.LOG_APPEND_TIME)
                .getHeaders())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "noon", "", "1.5"})
  void aHeaderThatIsNoTimeIsLeftToTheProducer(String timestamp) {
    Event event = event("line", Map.of("timestamp", timestamp));

    assertThat(raw.record("weblogs", event).timestamp()).isNull();
  }

  @Test
  void aRawRecordWithoutValueIsAnEmptyLine() {
    assertThat(ValueFormat.RAW.decode(null))
        .asInstanceOf(type(RecordEvent.class))
        .satisfies(event -> assertThat(event.getBody()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"none, ''", "all, 'host=wéb1 rack=7'", "'rack, absent', rack=7"})
  void headersTravelAsRecordHeadersIfAskedFor(String choice, String expected) {
    EventMapping out =
        new EventMapping(ValueFormat.RAW, ANY, "timestamp", HeaderChoice.parse(choice));
    RecordMapping in =
        new RecordMapping(RecordMapping.Time.NONE, null, false, HeaderChoice.parse(choice));
    Map<String, String> headers = Map.of("key", "k", "host", "wéb1", "rack", "7");

    ProducerRecord<byte[], byte[]> record = out.record("weblogs", event("line", headers));
    Event back = back(record, ValueFormat.RAW, in, 1, TimestampType.CREATE_TIME);

    StringBuilder seen = new StringBuilder();
    new java.util.TreeMap<>(back.getHeaders())
        .forEach(
            (name, value) -> {
              if (!name.equals("key")) {
                seen.append(seen.isEmpty() ? "" : " ").append(name).append('=').append(value);
              }
            });
    assertThat(seen).hasToString(expected);
    assertThat(back.getHeaders()).containsEntry("key", "k");
  }

  @Test
  void theOriginIsToldIfAskedForAndLeavesTheEventsOwnHeadersAlone() {
    RecordMapping origin =
        new RecordMapping(RecordMapping.Time.ANY, "topic", true, HeaderChoice.NONE);
    ProducerRecord<byte[], byte[]> record =
        flume.record("weblogs", event("line", Map.of("topic", "own")));

    Event back = back(record, ValueFormat.FLUME_EVENT, origin, 17, TimestampType.LOG_APPEND_TIME);

    assertThat(back.getHeaders())
        .isEqualTo(Map.of("topic", "own", "partition", "0", "offset", "41", "timestamp", "17"));
  }

  @Test
  void anEventsPositionIsJustPastItsRecord() {
    RecordEvent event =
        back(
            raw.record("weblogs", event("line", Map.of())),
            ValueFormat.RAW,
            keyAlone,
            1,
            TimestampType.CREATE_TIME);

    assertThat(event.position()).isEqualTo(new Position("weblogs-0", 42));
  }

  @Test
  void flumesAvroSerializerFindsHeadersThatNobodyAskedFor() throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    EventSerializer serializer =
        EventSerializerFactory.getInstance("AVRO_EVENT", new Context(), file);
    serializer.afterCreate();
    for (EventMapping mapping : List.of(raw, flume)) {
      ProducerRecord<byte[], byte[]> record =
          mapping.record("weblogs", event("line", Map.of("key", "of " + mapping.values())));
      serializer.write(back(record, mapping.values(), keyAlone, 1, TimestampType.CREATE_TIME));
    }
    serializer.flush();

    assertThat(file.toString(UTF_8)).contains("of RAW", "of FLUME_EVENT");
  }

  private static Event event(String body, Map<String, String> headers) {
    return EventBuilder.withBody(body, UTF_8, headers);
  }

  private static RecordEvent back(
      ProducerRecord<byte[], byte[]> record,
      ValueFormat format,
      RecordMapping mapping,
      long timestamp,
      TimestampType type) {
    ConsumerRecord<byte[], Payload> stored =
        new ConsumerRecord<>(
            record.topic(),
            0,
            41,
            timestamp,
            type,
            ConsumerRecord.NULL_SIZE,
            ConsumerRecord.NULL_SIZE,
            record.key(),
            format.decode(ByteBuffer.wrap(record.value())),
            record.headers(),
            Optional.empty());
    return ((RecordEvent) stored.value()).from(stored, new Origin("weblogs-0", mapping));
  }
}
