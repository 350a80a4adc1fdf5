package io.flafka.kafka.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {
  private static final Owner OWNER = new Owner("instance", 17, "4711@web1");

  private final Ledger ledger = ledger("agent1-weblogs");

  private static Ledger ledger(String id) {
    return new Ledger(new LedgerFormat("ledger", id));
  }

  private static ConsumerRecord<byte[], byte[]> stored(ProducerRecord<byte[], byte[]> record) {
    return new ConsumerRecord<>("ledger", 0, 5, record.key(), record.value());
  }

  private static ConsumerRecord<byte[], byte[]> stored(String key, @Nullable String value) {
    return new ConsumerRecord<>(
        "ledger", 0, 5, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
  }

  @Test
  void writesTheRecordsOfItsDrawing() {
    List<ProducerRecord<byte[], byte[]>> records =
        ledger.change().advance("file", 1_048_576).by(OWNER).records();

    assertThat(records)
        .map(record -> new String(record.key(), UTF_8) + " = " + new String(record.value(), UTF_8))
        .containsExactly(
            "agent1-weblogs file = flafka:1:open:1048576",
            "agent1-weblogs = flafka:1:owner:instance:17:4711@web1");
  }

  @Test
  void readsWhatItWrote() {
    Ledger other = ledger("agent1-weblogs");

    ledger
        .change()
        .advance("file", 7)
        .by(OWNER)
        .records()
        .forEach(record -> other.read(stored(record)));

    assertThat(other.committed("file")).hasValue(7);
    assertThat(other.owner()).isEqualTo(OWNER);
  }

  @Test
  void tellsWhatItKnowsOfEachStream() {
    ledger.change().advance("a", 7).apply();
    ledger.change().advance("b", 9).apply();
    ledger.change().end("b", 17).apply();

    assertThat(ledger.entries())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("a", new Entry.Open(7), "b", new Entry.Done(9, 17)));
  }

  @Test
  void aChangeCountsOnlyWhenItIsApplied() {
    Ledger.Change change = ledger.change().advance("file", 7);
    assertThat(ledger.committed("file")).isEmpty();

    change.apply();

    assertThat(ledger.committed("file")).hasValue(7);
  }

  @Test
  void neverGoesBack() {
    ledger.change().advance("file", 7).apply();

    assertThat(ledger.change().advance("file", 5).records()).isEmpty();
    ledger.read(stored("agent1-weblogs file", "flafka:1:open:3"));
    assertThat(ledger.committed("file")).hasValue(7);
  }

  @Test
  void leavesOtherIdsAlone() {
    ledger.read(stored("agent1-weblogs2 file", "flafka:1:open:3"));
    ledger.read(stored("agent1 file", "something else"));

    assertThat(ledger.size()).isZero();
  }

  @Test
  void forgetsWhatEndedLongAgoAndNothingElse() {
    ledger.change().advance("old", 1).advance("young", 2).advance("open", 3).apply();
    ledger.change().end("old", 1_000).end("unknown", 1_000).apply();
    ledger.change().end("young", 2_000).apply();

    Ledger.Change change = ledger.change().forgetDoneBefore(1_500);
    assertThat(change.records()).singleElement().satisfies(r -> assertThat(r.value()).isNull());
    change.apply();

    assertThat(ledger.committed("old")).isEmpty();
    assertThat(ledger.committed("young")).hasValue(2);
    assertThat(ledger.committed("open")).hasValue(3);
    assertThat(ledger.size()).isEqualTo(2);
  }

  @Test
  void aTombstoneForgets() {
    ledger.change().advance("file", 7).apply();

    ledger.read(stored("agent1-weblogs file", null));

    assertThat(ledger.committed("file")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "flafka:1:open:", "flafka:1:open:x", "flafka:1:closed:1", "flafka:2:open:1"})
  void refusesWhatItCantRead(String value) {
    assertThatThrownBy(() -> ledger.read(stored("agent1-weblogs file", value)))
        .isInstanceOf(FlumeException.class)
        .hasMessageContaining("ledger-0@5");
  }
}
