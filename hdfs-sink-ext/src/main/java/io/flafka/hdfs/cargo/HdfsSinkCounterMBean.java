package io.flafka.hdfs.cargo;

import org.apache.flume.instrumentation.SinkCounterMBean;

/** What stock Flume counts of a sink, and what this one counts besides. */
public interface HdfsSinkCounterMBean extends SinkCounterMBean {
  /** Events whose path could not be told from their headers. */
  long getEventUnknownPathCount();

  /** Files that take events now. */
  long getOpenFileCount();

  /** Bytes in these files that are not published. */
  long getInFlightBytes();

  /** Seconds since the channel last gave events up, or since the start; more where none come. */
  long getSecondsSinceCommit();

  /** Files, or sets of files that landed together, that were ended by {@code hdfs.rollSize}. */
  long getRollSizeCount();

  /** By {@code hdfs.rollCount}. */
  long getRollCountCount();

  /** By {@code hdfs.rollInterval}. */
  long getRollIntervalCount();

  /** By {@code hdfs.idleTimeout}. */
  long getRollIdleCount();

  /** By {@code hdfs.rollAtBucketEnd}. */
  long getRollBucketEndCount();

  /** By {@code hdfs.maxOpenFiles}. */
  long getRollOpenFilesCount();

  /** Because partitions went to another agent. */
  long getRollHandoverCount();

  /** After a failure, when less is taken at a time. */
  long getRollCautionCount();

  /** When the sink stopped. */
  long getRollStopCount();

  /** Milliseconds spent in closing files, in all. */
  long getCloseMillis();

  /** Milliseconds spent in giving files their final names, in all. */
  long getRenameMillis();

  /** Files of dead sinks that were published, or deleted since they were never committed. */
  long getOrphanRecoveredCount();
}
