package io.flafka.kafka.source;

import io.flafka.kafka.consume.ReaderWatch;
import java.util.Map;
import org.apache.flume.instrumentation.kafka.KafkaSourceCounter;

/**
 * The counters of a Kafka source, which are stock Flume's. Its timers are in milliseconds, and are
 * told of whole ones only, so that short calls add up, too. For the source's thread.
 */
final class SourceStats implements ReaderWatch {
  private static final long NANOS_IN_MILLI = 1_000_000;

  private final KafkaSourceCounter counter;
  private long pollNanos;
  private long commitNanos;

  SourceStats(KafkaSourceCounter counter) {
    this.counter = counter;
  }

  void putting(int events) {
    counter.incrementAppendBatchReceivedCount();
    counter.addToEventReceivedCount(events);
  }

  void put(int events) {
    counter.incrementAppendBatchAcceptedCount();
    counter.addToEventAcceptedCount(events);
  }

  void foundNothing() {
    counter.incrementKafkaEmptyCount();
  }

  /** A record that holds no event was kept elsewhere. */
  void deadLetter() {
    counter.incrementEventReadFail();
  }

  @Override
  public void polled(long nanos) {
    pollNanos += nanos;
    counter.addToKafkaEventGetTimer(pollNanos / NANOS_IN_MILLI);
    pollNanos %= NANOS_IN_MILLI;
  }

  @Override
  public void committed(long nanos) {
    commitNanos += nanos;
    counter.addToKafkaCommitTimer(commitNanos / NANOS_IN_MILLI);
    commitNanos %= NANOS_IN_MILLI;
  }

  @Override
  public void discarded() {}

  @Override
  public void lag(Map<String, Long> records) {}
}
