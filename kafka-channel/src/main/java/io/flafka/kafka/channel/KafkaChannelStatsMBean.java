package io.flafka.kafka.channel;

import org.apache.flume.instrumentation.kafka.KafkaChannelCounterMBean;

/** What stock Flume counts of a Kafka channel, and what this one counts besides. */
public interface KafkaChannelStatsMBean extends KafkaChannelCounterMBean {
  /** Kafka transactions committed, each of one put transaction or of several. */
  long getKafkaTransactionCount();

  /** Milliseconds that they took, in sum. */
  long getKafkaTransactionTimer();

  /** Streams in the ledger, those that have ended in the last days included. */
  long getLedgerEntries();

  /** Producers opened after the first: one for each failure or fence. */
  long getFenceCount();

  /** Times that what was made of uncommitted events was discarded, to be taken again. */
  long getDiscardCount();

  /** Events and records that can't be delivered and were put into {@code deadletter.topic}. */
  long getDeadLetterCount();

  /** Milliseconds that preparing, committing and publishing took, in sum. */
  long getHandoverTimer();

  /** Records not yet taken from this agent's partitions. */
  long getLag();

  /** The same by partition: {@code weblogs-0=17, weblogs-1=0}. */
  String getLagByPartition();
}
