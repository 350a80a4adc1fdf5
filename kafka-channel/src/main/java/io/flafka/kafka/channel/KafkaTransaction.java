package io.flafka.kafka.channel;

import io.flafka.delivery.Position;
import io.flafka.delivery.PositionedEvent;
import io.flafka.kafka.consume.TopicReader;
import io.flafka.kafka.produce.Batch;
import io.flafka.kafka.produce.LedgerCheck;
import io.flafka.kafka.record.Origin;
import io.flafka.kafka.record.Payload;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.channel.BasicTransactionSemantics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One Flume transaction.
 *
 * <p>What is put is kept until the commit, which sends it and waits for the cluster; a rollback
 * before that leaves no trace in the topic. What is taken is committed as the group's offsets; a
 * rollback goes back to where they are. Should one transaction do both, the puts come first.
 *
 * <p>A commit that throws has committed nothing that may be relied on, and is followed by a
 * rollback, as in all of Flume. For one thread, as Flume sees to.
 */
final class KafkaTransaction extends BasicTransactionSemantics {
  private final Connection connection;
  private final Batch batch = new Batch();
  private final LedgerCheck ledger;
  private @Nullable TopicReader reader;
  private int put;
  private int taken;

  /** The partition of the last event taken. */
  private int partition;

  private @Nullable Origin origin;

  KafkaTransaction(Connection connection) {
    this.connection = connection;
    this.ledger = new LedgerCheck(connection.sender());
  }

  @Override
  protected void doPut(Event event) {
    put++;
    if (connection.keepsPositions()) {
      putOnce(event);
    } else {
      batch.add(connection.record(event));
    }
  }

  @Override
  protected @Nullable Event doTake() throws InterruptedException {
    TopicReader reader = this.reader;
    if (reader == null) {
      reader = connection.reader();
      this.reader = reader;
    }
    ConsumerRecord<byte[], Payload> record = reader.peek();
    if (record == null) {
      return null;
    }
    if (origin == null || record.partition() != partition) {
      partition = record.partition();
      origin = connection.origin(partition);
    }
    Event event = connection.event(record, origin);
    reader.advance();
    taken++;
    return event;
  }

  /**
   * The commit point of the channel.
   *
   * @throws ChannelException if the outcome is not certain
   */
  @Override
  protected void doCommit() throws InterruptedException {
    if (put > 0) {
      long start = System.nanoTime();
      if (!batch.isEmpty()) {
        connection.sender().send(batch);
      }
      connection.stats().put(put, System.nanoTime() - start);
    }
    if (reader != null) {
      long start = System.nanoTime();
      reader.commit();
      connection.stats().took(taken, System.nanoTime() - start);
    }
  }

  @Override
  protected void doRollback() {
    if (put > 0) {
      connection.stats().putFailed(put);
      batch.clear();
    }
    if (reader != null) {
      reader.rewind();
      connection.stats().rolledBack(taken);
    }
  }

  /** Puts what the ledger hasn't got yet. */
  private void putOnce(Event event) {
    if (!(event instanceof PositionedEvent positioned)) {
      connection.warnOfEventsWithoutPosition();
      batch.add(connection.record(event));
      return;
    }
    Position position = positioned.position();
    if (ledger.isNew(position)) {
      batch.add(connection.record(event));
      batch.reached(position);
    }
  }
}
