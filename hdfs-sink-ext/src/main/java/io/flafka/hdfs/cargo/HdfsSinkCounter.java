package io.flafka.hdfs.cargo;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flume.instrumentation.SinkCounter;

/** The counters of an HDFS sink, under stock Flume's names and some of its own. For any thread. */
public final class HdfsSinkCounter extends SinkCounter implements HdfsSinkCounterMBean {
  private static final String EVENT_UNKNOWN_PATH = "sink.event.unknown-path";
  private static final String OPEN_FILES = "sink.file.open";
  private static final String IN_FLIGHT = "sink.file.in-flight-bytes";
  private static final String CLOSE_TIME = "sink.file.close-millis";
  private static final String RENAME_TIME = "sink.file.rename-millis";
  private static final String ORPHANS = "sink.file.orphan-recovered";

  private final Map<RollReason, LongAdder> rolls = new EnumMap<>(RollReason.class);
  private volatile long lastCommit = System.nanoTime();

  /**
   * Makes the counters, all zero.
   *
   * @param name the sink's name
   */
  public HdfsSinkCounter(String name) {
    super(
        name,
        new String[] {EVENT_UNKNOWN_PATH, OPEN_FILES, IN_FLIGHT, CLOSE_TIME, RENAME_TIME, ORPHANS});
    for (RollReason reason : RollReason.values()) {
      rolls.put(reason, new LongAdder());
    }
  }

  public void incrementEventUnknownPathCount() {
    increment(EVENT_UNKNOWN_PATH);
  }

  /** What is open now. */
  public void inFlight(long files, long bytes) {
    set(OPEN_FILES, files);
    set(IN_FLIGHT, bytes);
  }

  /** A file was ended, or a set of files that land together. */
  public void rolled(RollReason reason) {
    rolls(reason).increment();
  }

  /** Files were closed, or could not be. */
  public void closed(long done, long failed, long nanos) {
    for (long i = 0; i < done; i++) {
      incrementConnectionClosedCount();
    }
    for (long i = 0; i < failed; i++) {
      incrementConnectionFailedCount();
    }
    addAndGet(CLOSE_TIME, TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  /** Files were given their final names. */
  public void renamed(long nanos) {
    addAndGet(RENAME_TIME, TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  /** The channel gave events up. */
  public void committed(long events) {
    addToEventDrainSuccessCount(events);
    lastCommit = System.nanoTime();
  }

  /** Files of dead sinks were put right. */
  public void recovered(long files) {
    addAndGet(ORPHANS, files);
  }

  @Override
  public long getEventUnknownPathCount() {
    return get(EVENT_UNKNOWN_PATH);
  }

  @Override
  public long getOpenFileCount() {
    return get(OPEN_FILES);
  }

  @Override
  public long getInFlightBytes() {
    return get(IN_FLIGHT);
  }

  @Override
  public long getSecondsSinceCommit() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - lastCommit);
  }

  @Override
  public long getRollSizeCount() {
    return rolls(RollReason.SIZE).sum();
  }

  @Override
  public long getRollCountCount() {
    return rolls(RollReason.COUNT).sum();
  }

  @Override
  public long getRollIntervalCount() {
    return rolls(RollReason.INTERVAL).sum();
  }

  @Override
  public long getRollIdleCount() {
    return rolls(RollReason.IDLE).sum();
  }

  @Override
  public long getRollBucketEndCount() {
    return rolls(RollReason.BUCKET_END).sum();
  }

  @Override
  public long getRollOpenFilesCount() {
    return rolls(RollReason.OPEN_FILES).sum();
  }

  @Override
  public long getRollHandoverCount() {
    return rolls(RollReason.HANDOVER).sum();
  }

  @Override
  public long getRollCautionCount() {
    return rolls(RollReason.CAUTION).sum();
  }

  @Override
  public long getRollStopCount() {
    return rolls(RollReason.STOP).sum();
  }

  @Override
  public long getCloseMillis() {
    return get(CLOSE_TIME);
  }

  @Override
  public long getRenameMillis() {
    return get(RENAME_TIME);
  }

  @Override
  public long getOrphanRecoveredCount() {
    return get(ORPHANS);
  }

  private LongAdder rolls(RollReason reason) {
    return Objects.requireNonNull(rolls.get(reason));
  }
}
