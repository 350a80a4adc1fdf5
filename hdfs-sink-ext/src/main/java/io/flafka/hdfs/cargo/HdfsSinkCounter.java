package io.flafka.hdfs.cargo;

import org.apache.flume.instrumentation.SinkCounter;

/** The counters of an HDFS sink, under stock Flume's names. */
public final class HdfsSinkCounter extends SinkCounter implements HdfsSinkCounterMBean {
  private static final String EVENT_UNKNOWN_PATH = "sink.event.unknown-path";

  /**
   * Makes the counters, all zero.
   *
   * @param name the sink's name
   */
  public HdfsSinkCounter(String name) {
    super(name, new String[] {EVENT_UNKNOWN_PATH});
  }

  @Override
  public long getEventUnknownPathCount() {
    return get(EVENT_UNKNOWN_PATH);
  }

  public void incrementEventUnknownPathCount() {
    increment(EVENT_UNKNOWN_PATH);
  }
}
