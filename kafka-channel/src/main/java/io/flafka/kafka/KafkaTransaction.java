package io.flafka.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.channel.BasicTransactionSemantics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
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
  private final List<ProducerRecord<byte[], byte[]>> puts = new ArrayList<>();
  private @Nullable TopicReader reader;
  private int taken;

  KafkaTransaction(Connection connection) {
    this.connection = connection;
  }

  @Override
  protected void doPut(Event event) {
    puts.add(connection.record(event));
    connection.counter().incrementEventPutAttemptCount();
  }

  @Override
  protected @Nullable Event doTake() throws InterruptedException {
    if (reader == null) {
      reader = connection.reader();
    }
    ConsumerRecord<byte[], byte[]> record = reader.peek();
    if (record == null) {
      return null;
    }
    Event event = connection.event(record);
    reader.advance();
    taken++;
    connection.counter().incrementEventTakeAttemptCount();
    return event;
  }

  /**
   * The commit point of the channel.
   *
   * @throws ChannelException if the outcome is not certain
   */
  @Override
  protected void doCommit() throws InterruptedException {
    if (!puts.isEmpty()) {
      long start = System.nanoTime();
      connection.sender().send(puts);
      connection.counter().addToKafkaEventSendTimer(millisSince(start));
      connection.counter().addToEventPutSuccessCount(puts.size());
    }
    if (reader != null) {
      long start = System.nanoTime();
      reader.commit();
      connection.counter().addToKafkaCommitTimer(millisSince(start));
      connection.counter().addToEventTakeSuccessCount(taken);
    }
  }

  @Override
  protected void doRollback() {
    puts.clear();
    if (reader != null) {
      reader.rewind();
      connection.counter().addToRollbackCounter(taken);
    }
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }
}
