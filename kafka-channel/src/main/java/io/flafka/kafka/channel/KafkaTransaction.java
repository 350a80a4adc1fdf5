package io.flafka.kafka.channel;

import io.flafka.delivery.PositionedEvent;
import io.flafka.kafka.consume.TopicReader;
import io.flafka.kafka.produce.EventBatch;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.channel.BasicTransactionSemantics;
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
  private final EventBatch batch;
  private @Nullable TopicReader reader;
  private int put;
  private int taken;

  KafkaTransaction(Connection connection) {
    this.connection = connection;
    this.batch = connection.batch();
  }

  @Override
  protected void doPut(Event event) {
    put++;
    if (connection.ledger().keepsPositions() && !(event instanceof PositionedEvent)) {
      connection.warnOfEventsWithoutPosition();
    }
    batch.add(event);
  }

  @Override
  protected @Nullable Event doTake() throws InterruptedException {
    TopicReader reader = this.reader;
    if (reader == null) {
      reader = connection.reader();
      this.reader = reader;
    }
    Event event = reader.peek();
    if (event != null) {
      reader.advance();
      taken++;
    }
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
      batch.send();
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
}
