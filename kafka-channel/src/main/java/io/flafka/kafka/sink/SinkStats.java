package io.flafka.kafka.sink;

import io.flafka.kafka.produce.ExactlyOnceSender;
import org.apache.flume.instrumentation.kafka.KafkaSinkCounter;

/**
 * The counters of a Kafka sink, which are stock Flume's. Its timer is in milliseconds, and is told
 * of whole ones only, so that short calls add up, too. For the sink's thread.
 */
final class SinkStats implements ExactlyOnceSender.Watch {
  private static final long NANOS_IN_MILLI = 1_000_000;

  private final KafkaSinkCounter counter;
  private long sendNanos;

  SinkStats(KafkaSinkCounter counter) {
    this.counter = counter;
  }

  /** A batch is taken, which could have had so many events. */
  void took(int events, int most) {
    if (events == 0) {
      counter.incrementBatchEmptyCount();
    } else if (events < most) {
      counter.incrementBatchUnderflowCount();
    } else {
      counter.incrementBatchCompleteCount();
    }
    counter.addToEventDrainAttemptCount(events);
  }

  void sent(long nanos) {
    sendNanos += nanos;
    counter.addToKafkaEventSendTimer(sendNanos / NANOS_IN_MILLI);
    sendNanos %= NANOS_IN_MILLI;
  }

  void drained(int events) {
    counter.addToEventDrainSuccessCount(events);
  }

  void rolledBack() {
    counter.incrementRollbackCount();
  }

  /** An event that can't be sent was kept elsewhere. */
  void deadLetter() {
    counter.incrementEventWriteFail();
  }

  /** Stock's counters have no place for it. */
  @Override
  public void committed(long nanos, int ledgerEntries) {}

  @Override
  public void opened(int ledgerEntries) {}
}
