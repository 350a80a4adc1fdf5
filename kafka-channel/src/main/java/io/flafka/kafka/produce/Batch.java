package io.flafka.kafka.produce;

import io.flafka.delivery.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records that go together, and how far each stream has come with them. For one thread. */
public final class Batch {
  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
  private final Map<String, Long> positions = new HashMap<>();
  private Map<String, Long> ledger = Map.of();
  private String stream = "";
  private long reached;

  public void add(ProducerRecord<byte[], byte[]> record) {
    records.add(record);
  }

  /** Says that a stream has come so far; of one stream's positions, the highest counts. */
  public void reached(Position position) {
    if (!position.stream().equals(stream)) {
      note();
      stream = position.stream();
      reached = position.offset();
    } else if (position.offset() > reached) {
      reached = position.offset();
    }
  }

  /** Says how far the ledger had come, by stream, when it was asked what of the batch is new. */
  public void judgedBy(Map<String, Long> ledger) {
    this.ledger = ledger;
  }

  /** Whether a ledger that has a stream so far would still find all of it new. */
  boolean isNew(String stream, long committed) {
    return committed <= ledger.getOrDefault(stream, committed);
  }

  public List<ProducerRecord<byte[], byte[]>> records() {
    return records;
  }

  /** Stream to the highest position reached. */
  public Map<String, Long> positions() {
    note();
    return positions;
  }

  /** Whether there is nothing to commit. */
  public boolean isEmpty() {
    return records.isEmpty() && stream.isEmpty();
  }

  public void clear() {
    records.clear();
    positions.clear();
    stream = "";
  }

  private void note() {
    if (!stream.isEmpty()) {
      positions.merge(stream, reached, Math::max);
    }
  }
}
