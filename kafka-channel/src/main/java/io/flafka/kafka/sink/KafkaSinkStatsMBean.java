package io.flafka.kafka.sink;

import org.apache.flume.instrumentation.kafka.KafkaSinkCounterMBean;

/** What stock Flume counts of a Kafka sink, and what this one counts besides. */
public interface KafkaSinkStatsMBean extends KafkaSinkCounterMBean {
  /** Events that can't be sent and were put into {@code deadletter.topic}. */
  long getDeadLetterCount();
}
