package io.flafka.kafka.channel;

import io.flafka.kafka.consume.ReaderWatch;
import io.flafka.kafka.produce.ExactlyOnceSender;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.apache.flume.instrumentation.ChannelCounter;

/**
 * The counters of a Kafka channel, under stock Flume's names. Times are measured in nanoseconds and
 * told in milliseconds. For any thread.
 */
public final class KafkaChannelStats extends ChannelCounter
    implements KafkaChannelStatsMBean, ExactlyOnceSender.Watch {
  private static final String PUT_ATTEMPT = "channel.event.put.attempt";
  private static final String TAKE_ATTEMPT = "channel.event.take.attempt";
  private static final long NANOS_IN_MILLI = 1_000_000;

  private final LongAdder getNanos = new LongAdder();
  private final LongAdder sendNanos = new LongAdder();
  private final LongAdder commitNanos = new LongAdder();
  private final LongAdder rollbacks = new LongAdder();
  private final LongAdder transactions = new LongAdder();
  private final LongAdder transactionNanos = new LongAdder();
  private final LongAdder openings = new LongAdder();
  private final LongAdder discards = new LongAdder();
  private final LongAdder deadLetters = new LongAdder();
  private final LongAdder handoverNanos = new LongAdder();
  private final Map<String, Map<String, Long>> lagByReader = new ConcurrentHashMap<>();
  private volatile long ledgerEntries;

  /**
   * Makes the counters, all zero.
   *
   * @param channel the channel's name
   */
  public KafkaChannelStats(String channel) {
    super(channel);
  }

  void put(int events, long nanos) {
    addAndGet(PUT_ATTEMPT, events);
    addToEventPutSuccessCount(events);
    sendNanos.add(nanos);
  }

  void putFailed(int events) {
    addAndGet(PUT_ATTEMPT, events);
  }

  void took(int events, long nanos) {
    addAndGet(TAKE_ATTEMPT, events);
    addToEventTakeSuccessCount(events);
    commitNanos.add(nanos);
  }

  void rolledBack(int taken) {
    addAndGet(TAKE_ATTEMPT, taken);
    rollbacks.add(taken);
  }

  void deadLetter() {
    deadLetters.increment();
  }

  @Override
  public void committed(long nanos, int ledgerEntries) {
    transactions.increment();
    transactionNanos.add(nanos);
    this.ledgerEntries = ledgerEntries;
  }

  @Override
  public void opened(int ledgerEntries) {
    openings.increment();
    this.ledgerEntries = ledgerEntries;
  }

  /** A reader's part of the counters. */
  ReaderWatch reader(String id) {
    return new ReaderWatch() {
      @Override
      public void polled(long nanos) {
        getNanos.add(nanos);
      }

      @Override
      public void committed(long nanos) {
        handoverNanos.add(nanos);
      }

      @Override
      public void discarded() {
        discards.increment();
      }

      @Override
      public void lag(Map<String, Long> records) {
        lagByReader.put(id, records);
      }
    };
  }

  @Override
  public long getKafkaEventGetTimer() {
    return getNanos.sum() / NANOS_IN_MILLI;
  }

  @Override
  public long getKafkaEventSendTimer() {
    return sendNanos.sum() / NANOS_IN_MILLI;
  }

  @Override
  public long getKafkaCommitTimer() {
    return commitNanos.sum() / NANOS_IN_MILLI;
  }

  @Override
  public long getRollbackCount() {
    return rollbacks.sum();
  }

  @Override
  public long getKafkaTransactionCount() {
    return transactions.sum();
  }

  @Override
  public long getKafkaTransactionTimer() {
    return transactionNanos.sum() / NANOS_IN_MILLI;
  }

  @Override
  public long getLedgerEntries() {
    return ledgerEntries;
  }

  @Override
  public long getFenceCount() {
    return Math.max(0, openings.sum() - 1);
  }

  @Override
  public long getDiscardCount() {
    return discards.sum();
  }

  @Override
  public long getDeadLetterCount() {
    return deadLetters.sum();
  }

  @Override
  public long getHandoverTimer() {
    return handoverNanos.sum() / NANOS_IN_MILLI;
  }

  @Override
  public long getLag() {
    return lag().values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public String getLagByPartition() {
    return lag().entrySet().stream()
        .map(lag -> lag.getKey() + "=" + lag.getValue())
        .collect(Collectors.joining(", "));
  }

  private Map<String, Long> lag() {
    Map<String, Long> all = new TreeMap<>();
    lagByReader.values().forEach(all::putAll);
    return all;
  }
}
