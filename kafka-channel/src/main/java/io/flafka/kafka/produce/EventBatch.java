package io.flafka.kafka.produce;

import io.flafka.delivery.PositionedEvent;
import io.flafka.delivery.RefusedEventException;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Events of one transaction, on their way into a sender. Those whose positions its ledger has are
 * left out, and so are those that can never be sent, if there is a dead-letter topic for them. For
 * one thread.
 */
public final class EventBatch {
  private final RecordSender sender;
  private final EventRecords records;
  private final LedgerCheck ledger;
  private final boolean keepsPositions;
  private final Batch batch = new Batch();

  EventBatch(RecordSender sender, EventRecords records) {
    this.sender = sender;
    this.records = records;
    this.ledger = new LedgerCheck(sender);
    this.keepsPositions = sender.keepsPositions();
  }

  /**
   * Adds an event. Nothing is sent, but for dead letters.
   *
   * @throws RefusedEventException if it can never be sent, and nothing else takes it
   * @throws ChannelException if it can't be judged now
   */
  public void add(Event event) {
    if (!keepsPositions || !(event instanceof PositionedEvent positioned)) {
      addRecord(event);
    } else if (ledger.isNew(positioned.position())) {
      addRecord(event);
      batch.reached(positioned.position());
    }
  }

  /** Whether there is nothing to send. */
  public boolean isEmpty() {
    return batch.isEmpty();
  }

  /** Sends it all, as {@link RecordSender#send} does. */
  public void send() throws InterruptedException {
    if (!batch.isEmpty()) {
      batch.judgedBy(ledger.seen());
      sender.send(batch);
    }
  }

  public void clear() {
    batch.clear();
  }

  private void addRecord(Event event) {
    ProducerRecord<byte[], byte[]> record = records.of(event);
    if (record != null) {
      batch.add(record);
    }
  }
}
