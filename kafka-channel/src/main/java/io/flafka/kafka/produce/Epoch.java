package io.flafka.kafka.produce;

import io.flafka.kafka.ledger.Ledger;
import io.flafka.kafka.ledger.Owner;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One producer's life under a transactional id: from the moment it fenced its predecessors to its
 * first failure. For one thread at a time.
 *
 * @param ledger as it was read when no predecessor could write any more, and as this producer has
 *     advanced it since
 * @param found who the ledger's owner was then
 */
record Epoch(Producer<byte[], byte[]> producer, Ledger ledger, @Nullable Owner found) {
  private static final Logger log = LoggerFactory.getLogger(Epoch.class);

  /** Begins a transaction and hands all its records to the producer. */
  @SuppressWarnings("FutureReturnValueIgnored") // A record that fails fails the commit.
  void fill(Iterable<Batch> batches, List<ProducerRecord<byte[], byte[]>> entries) {
    producer.beginTransaction();
    for (Batch batch : batches) {
      for (ProducerRecord<byte[], byte[]> record : batch.records()) {
        producer.send(record);
      }
    }
    entries.forEach(producer::send);
  }

  /**
   * Commits what it was filled with. A thread that is told to stop meanwhile still gets to know the
   * outcome; its flag is set again.
   */
  void commit() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          producer.commitTransaction();
          return;
        } catch (InterruptException e) {
          interrupted = true;
          Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  void close(Duration limit) {
    try {
      producer.close(limit);
    } catch (KafkaException e) {
      // What it had committed is; what it hadn't is ended by the next one. Left are its sockets.
      log.warn("A producer wasn't closed cleanly", e);
    }
  }
}
