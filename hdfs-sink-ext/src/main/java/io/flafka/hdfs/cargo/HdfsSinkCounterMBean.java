package io.flafka.hdfs.cargo;

import org.apache.flume.instrumentation.SinkCounterMBean;

/** What stock Flume counts of a sink, and what this one counts besides. */
public interface HdfsSinkCounterMBean extends SinkCounterMBean {
  /** Events whose path could not be told from their headers. */
  long getEventUnknownPathCount();
}
