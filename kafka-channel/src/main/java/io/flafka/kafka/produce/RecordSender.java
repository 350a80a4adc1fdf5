package io.flafka.kafka.produce;

import io.flafka.delivery.PositionLedger;
import java.time.Duration;
import org.apache.flume.ChannelException;

/**
 * The producing side: sends batches of records and says when they are durable. For any number of
 * threads.
 *
 * <p>{@link AtLeastOnceSender} keeps no positions. {@link ExactlyOnceSender} commits a batch's
 * positions in the same Kafka transaction as its records.
 */
public sealed interface RecordSender extends PositionLedger
    permits AtLeastOnceSender, ExactlyOnceSender {
  /**
   * Sends a batch in its order, and waits until every in-sync replica has all of it.
   *
   * @throws ChannelException if it failed, or its outcome can't be known. At least once, some of
   *     the records may be in the topic; exactly once, none is visible, or else the ledger says so
   *     when it is asked again
   * @throws InterruptedException the same, for a thread that is to stop
   */
  void send(Batch batch) throws InterruptedException;

  /**
   * How many partitions a topic has.
   *
   * @throws ChannelException if that can't be known now
   */
  int partitions(String topic);

  /**
   * Closes the producer.
   *
   * @param limit how long to wait for what is under way
   */
  void close(Duration limit);
}
