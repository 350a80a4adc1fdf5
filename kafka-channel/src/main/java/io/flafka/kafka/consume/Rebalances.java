package io.flafka.kafka.consume;

import io.flafka.delivery.Span;
import java.util.Collection;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a reader's work when the group gives partitions to it or takes them away. Called
 * by the consumer, in the owner's thread, from within poll, unsubscribe and close.
 */
final class Rebalances implements ConsumerRebalanceListener {
  private static final Logger log = LoggerFactory.getLogger(Rebalances.class);

  private final Consumer<?, ?> consumer;
  private final Fetched fetched;
  private final Settlement settlement;
  private final Uncommitted uncommitted;
  private final Losses losses;
  private final Positions positions;
  private final BooleanSupplier closing;

  /**
   * Makes a listener.
   *
   * @param closing whether the owner is done, so that nobody takes anything any more
   */
  Rebalances(
      Consumer<?, ?> consumer,
      Fetched fetched,
      Settlement settlement,
      Uncommitted uncommitted,
      Losses losses,
      Positions positions,
      BooleanSupplier closing) {
    this.consumer = consumer;
    this.fetched = fetched;
    this.settlement = settlement;
    this.uncommitted = uncommitted;
    this.losses = losses;
    this.positions = positions;
    this.closing = closing;
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    if (closing.getAsBoolean()) {
      return;
    }
    if (settlement.isHandedOver()) {
      uncommitted.handOver();
    } else {
      takenOf(partitions).forEach(losses::mayBe);
    }
    gone(partitions);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    if (closing.getAsBoolean()) {
      return;
    }
    boolean someTaken = !fetched.taken().isEmpty();
    if (!settlement.isHandedOver()) {
      takenOf(partitions).forEach(losses::add);
    }
    gone(partitions);
    if (settlement.isHandedOver() && someTaken) {
      log.warn("Lost {} without notice: what was taken is discarded and comes again", partitions);
      uncommitted.undo();
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    losses
        .settle(partitions)
        .forEach(
            (partition, taken) -> {
              fetched.resume(partition, taken);
              consumer.seek(partition, taken.to());
            });
    settlement.assigned(partitions);
    positions.assigned(); // Asks the cluster, so it can fail, and isn't asked again then.
  }

  private void gone(Collection<TopicPartition> partitions) {
    fetched.forget(partitions);
    settlement.gone(partitions);
  }

  private Map<TopicPartition, Span> takenOf(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Span> taken = fetched.taken();
    taken.keySet().retainAll(partitions);
    return taken;
  }
}
