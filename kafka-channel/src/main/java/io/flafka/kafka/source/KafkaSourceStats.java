package io.flafka.kafka.source;

import io.flafka.kafka.consume.ReaderWatch;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.apache.flume.instrumentation.kafka.KafkaSourceCounter;

/**
 * The counters of a Kafka source. Stock Flume's timers are in milliseconds, and are told of whole
 * ones only, so that short calls add up, too. For the source's thread; anybody may read them.
 */
public final class KafkaSourceStats extends KafkaSourceCounter
    implements KafkaSourceStatsMBean, ReaderWatch {
  private static final long NANOS_IN_MILLI = 1_000_000;

  private final LongAdder deadLetters = new LongAdder();
  private volatile Map<String, Long> lag = Map.of();
  private long pollNanos;
  private long commitNanos;

  /**
   * Makes the counters, all zero.
   *
   * @param source the source's name
   */
  public KafkaSourceStats(String source) {
    super(source);
  }

  void putting(int events) {
    incrementAppendBatchReceivedCount();
    addToEventReceivedCount(events);
  }

  void put(int events) {
    incrementAppendBatchAcceptedCount();
    addToEventAcceptedCount(events);
  }

  void foundNothing() {
    incrementKafkaEmptyCount();
  }

  void deadLetter() {
    deadLetters.increment();
  }

  @Override
  public void polled(long nanos) {
    pollNanos += nanos;
    addToKafkaEventGetTimer(pollNanos / NANOS_IN_MILLI);
    pollNanos %= NANOS_IN_MILLI;
  }

  @Override
  public void committed(long nanos) {
    commitNanos += nanos;
    addToKafkaCommitTimer(commitNanos / NANOS_IN_MILLI);
    commitNanos %= NANOS_IN_MILLI;
  }

  @Override
  public void discarded() {}

  @Override
  public void lag(Map<String, Long> records) {
    lag = records;
  }

  @Override
  public long getDeadLetterCount() {
    return deadLetters.sum();
  }

  @Override
  public long getLag() {
    return lag.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public String getLagByPartition() {
    return new TreeMap<>(lag)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(", "));
  }
}
