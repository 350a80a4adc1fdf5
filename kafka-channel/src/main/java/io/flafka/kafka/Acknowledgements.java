package io.flafka.kafka;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's answers to one batch of records. One thread waits, the producer's thread calls
 * back; other threads' records have no part in it.
 */
final class Acknowledgements implements Callback {
  private final CountDownLatch missing;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  Acknowledgements(int records) {
    missing = new CountDownLatch(records);
  }

  @Override
  public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
    if (exception != null) {
      failure.compareAndSet(null, exception);
    }
    missing.countDown();
  }

  /** The first failure so far, or null. */
  @Nullable Exception failure() {
    return failure.get();
  }

  /** Says that some of the records were never sent. */
  void withdraw(int records) {
    for (int i = 0; i < records; i++) {
      missing.countDown();
    }
  }

  /**
   * Waits for all answers; the producer gives each within its {@code delivery.timeout.ms}.
   *
   * @return the first failure, or null if every record was acknowledged
   */
  @Nullable Exception await() throws InterruptedException {
    missing.await();
    return failure.get();
  }
}
