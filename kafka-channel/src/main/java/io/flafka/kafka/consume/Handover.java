package io.flafka.kafka.consume;

import io.flafka.delivery.Span;
import java.util.Map;
import java.util.Set;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Lets a reader commit what was taken whenever it has to, also when partitions are about to be
 * given away: whoever has taken it can be made to finish. Called on the reader's thread; what a
 * method throws fails the call that led to it.
 */
public interface Handover {
  /**
   * Partitions are ours from now on; nothing of them has been taken yet.
   *
   * @param committed what the group holds of them; partitions that it holds nothing of are not in
   *     it
   * @param confirm throws unless they have been ours without a break since the group was asked
   * @return partition to the offset to go on from, where that is known better
   */
  Map<TopicPartition, Long> recover(
      Set<TopicPartition> assigned,
      Map<TopicPartition, OffsetAndMetadata> committed,
      Runnable confirm);

  /**
   * Makes durable what was made of what was taken.
   *
   * @return what to commit
   * @throws ChannelException if that can't be done; nothing is committed then
   */
  Map<TopicPartition, OffsetAndMetadata> prepare(Map<TopicPartition, Span> taken);

  /** The commit is known to have been applied. Called again if it throws. */
  void publish();

  /** What was taken since the last commit was not committed, and comes again. */
  void discard();
}
