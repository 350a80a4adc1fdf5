package io.flafka.kafka;

import java.time.Duration;
import java.util.List;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producing side: sends batches of records to one topic and waits for what the cluster says.
 *
 * <p>When {@link #send} returns, every record of the batch is acknowledged. When it throws, some
 * may be in the topic and some not, and none is still under way unless the thread was interrupted.
 *
 * <p>For any number of threads; a batch never waits for the records of another.
 */
final class RecordSender {
  private static final Logger log = LoggerFactory.getLogger(RecordSender.class);

  /**
   * What the producer adds at most to a record's key and value when it weighs it: 61 bytes of a
   * batch's header and 21 of a record's, and the lengths of key, value and headers (message format
   * v2; {@code AbstractRecords.estimateSizeInBytesUpperBound} of kafka-clients 4.3.1).
   */
  private static final int OVERHEAD = 61 + 21 + 5 + 5 + 1;

  private final Producer<byte[], byte[]> producer;
  private final String topic;
  private final int largest;

  /** How many partitions the topic is known to have; partitions are added, never removed. */
  private volatile int partitions;

  /**
   * @param largest the producer's {@code max.request.size}, in bytes
   */
  RecordSender(Producer<byte[], byte[]> producer, String topic, int largest) {
    this.producer = producer;
    this.topic = topic;
    this.largest = largest;
  }

  /**
   * Finds a record that can't be sent, before its neighbours are. Sent together, they would be in
   * the topic once for every time that the source tries again.
   *
   * @throws ChannelException if the topic has no such partition, or the record is larger than a
   *     request
   */
  void check(ProducerRecord<byte[], byte[]> record) {
    Integer partition = record.partition();
    if (partition != null && partition >= partitions) {
      checkPartition(partition);
    }
    long size = OVERHEAD + sizeOf(record.key()) + (long) sizeOf(record.value());
    if (size > largest) {
      throw new ChannelException(
          "An event takes "
              + size
              + " bytes as a record of topic "
              + topic
              + " and was not put: raise kafka.producer.max.request.size = "
              + largest
              + " here and max.message.bytes of the topic");
    }
  }

  /**
   * Sends records in order and waits until all are acknowledged.
   *
   * @throws ChannelException if any record fails; the message names the first failure
   */
  void send(List<ProducerRecord<byte[], byte[]>> records) throws InterruptedException {
    Acknowledgements acknowledgements = new Acknowledgements(records.size());
    int sent = 0;
    // Each further record could block as long as the one that just failed.
    while (sent < records.size() && acknowledgements.failure() == null) {
      send(records.get(sent++), acknowledgements);
    }
    acknowledgements.withdraw(records.size() - sent);
    Exception failure = acknowledgements.await();
    if (failure != null) {
      throw failure(records.size(), failure);
    }
  }

  /**
   * Closes the producer.
   *
   * @param limit how long to wait for records under way; they fail after it
   */
  void close(Duration limit) {
    try {
      producer.close(limit);
    } catch (KafkaException e) {
      // Whatever waited for its records has been told; what is left are threads and sockets.
      log.warn("The producer for topic {} wasn't closed cleanly", topic, e);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The acknowledgements hear the same.
  private void send(ProducerRecord<byte[], byte[]> record, Acknowledgements acknowledgements)
      throws InterruptedException {
    try {
      producer.send(record, acknowledgements);
    } catch (InterruptException e) {
      throw interrupted(e);
    } catch (KafkaException | IllegalStateException e) {
      acknowledgements.onCompletion(null, e); // The producer is past answering.
    }
  }

  private void checkPartition(int partition) {
    try {
      partitions = producer.partitionsFor(topic).size();
    } catch (KafkaException | IllegalStateException e) {
      throw new ChannelException(
          "The partitions of topic "
              + topic
              + " are unknown, so an event was not put: "
              + Remedy.describe(e),
          e);
    }
    if (partition >= partitions) {
      throw new ChannelException(
          "An event is meant for partition "
              + partition
              + " of topic "
              + topic
              + ", which has "
              + partitions
              + " partitions, and was not put: correct defaultPartitionId or the header that"
              + " partitionIdHeader names, or add partitions");
    }
  }

  private ChannelException failure(int count, Exception cause) {
    return new ChannelException(
        "Putting "
            + count
            + " events into topic "
            + topic
            + " failed. None counts as put; those that did arrive will be there again when the"
            + " source tries again. The first failure was "
            + Remedy.describe(cause),
        cause);
  }

  private static InterruptedException interrupted(InterruptException cause) {
    // Kafka has set the thread's flag again; InterruptedException stands for it from here.
    Thread.interrupted();
    InterruptedException interrupted = new InterruptedException("Interrupted while putting");
    interrupted.initCause(cause);
    return interrupted;
  }

  private static int sizeOf(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
