package io.flafka.kafka.source;

import org.apache.flume.instrumentation.kafka.KafkaSourceCounterMBean;

/** What stock Flume counts of a Kafka source, and what this one counts besides. */
public interface KafkaSourceStatsMBean extends KafkaSourceCounterMBean {
  /** Records that hold no event and were put into {@code deadletter.topic}. */
  long getDeadLetterCount();

  /** Records not yet read from this source's partitions. */
  long getLag();

  /** The same by partition: {@code weblogs-0=17, weblogs-1=0}. */
  String getLagByPartition();
}
