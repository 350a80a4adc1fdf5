package io.flafka.kafka.sink;

import io.flafka.kafka.produce.ExactlyOnceSender;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flume.instrumentation.kafka.KafkaSinkCounter;

/**
 * The counters of a Kafka sink. Stock Flume's timer is in milliseconds, and is told of whole ones
 * only, so that short calls add up, too. For the sink's thread; anybody may read them.
 */
public final class KafkaSinkStats extends KafkaSinkCounter
    implements KafkaSinkStatsMBean, ExactlyOnceSender.Watch {
  private static final long NANOS_IN_MILLI = 1_000_000;

  private final LongAdder deadLetters = new LongAdder();
  private long sendNanos;

  /**
   * Makes the counters, all zero.
   *
   * @param sink the sink's name
   */
  public KafkaSinkStats(String sink) {
    super(sink);
  }

  /** A batch is taken, which could have had so many events. */
  void took(int events, int most) {
    if (events == 0) {
      incrementBatchEmptyCount();
    } else if (events < most) {
      incrementBatchUnderflowCount();
    } else {
      incrementBatchCompleteCount();
    }
    addToEventDrainAttemptCount(events);
  }

  void sent(long nanos) {
    sendNanos += nanos;
    addToKafkaEventSendTimer(sendNanos / NANOS_IN_MILLI);
    sendNanos %= NANOS_IN_MILLI;
  }

  void deadLetter() {
    deadLetters.increment();
  }

  @Override
  public long getDeadLetterCount() {
    return deadLetters.sum();
  }

  /** Stock's counters have no place for it. */
  @Override
  public void committed(long nanos, int ledgerEntries) {}

  @Override
  public void opened(int ledgerEntries) {}
}
