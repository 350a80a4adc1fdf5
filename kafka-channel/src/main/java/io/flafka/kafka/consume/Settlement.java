package io.flafka.kafka.consume;

import io.flafka.delivery.Span;
import io.flafka.kafka.client.Remedy;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a reader's handover and the consumer group have to settle with each other.
 *
 * <ul>
 *   <li>A partition that is new is paused until the handover has recovered it.
 *   <li>A commit that is known to have been applied is published before anything else is taken.
 *   <li>A commit that failed may still be applied, now or a little later, since an answer can be
 *       lost and a request can be late. So the member leaves and joins the group again, after which
 *       the group refuses whatever the old member sent, and reads back what is committed: the
 *       handover's own metadata means publish, anything else discard. Until then nothing is taken.
 *       (One with a {@code group.instance.id} doesn't leave. It joins as a new member all the same,
 *       and by that takes the old one's place, partitions and all.)
 * </ul>
 *
 * <p>For the reader's thread.
 */
final class Settlement {
  private static final Logger log = LoggerFactory.getLogger(Settlement.class);

  private final Consumer<?, ?> consumer;
  private final Set<TopicPartition> unrecovered = new HashSet<>();
  private @Nullable Handover handover;
  private @Nullable Attempt unresolved;
  private Membership membership = Membership.CURRENT;
  private boolean unpublished;

  Settlement(Consumer<?, ?> consumer) {
    this.consumer = consumer;
  }

  /** Whether the group would still listen to what was sent before a commit failed. */
  private enum Membership {
    CURRENT,
    TO_BE_LEFT,
    LEFT
  }

  /** A commit whose outcome is unknown. */
  private record Attempt(
      Map<TopicPartition, OffsetAndMetadata> offsets, Map<TopicPartition, Span> taken) {
    boolean appliedIn(Map<TopicPartition, OffsetAndMetadata> committed) {
      return offsets.entrySet().stream()
          .anyMatch(offset -> same(offset.getValue(), committed.get(offset.getKey())));
    }

    private static boolean same(OffsetAndMetadata ours, @Nullable OffsetAndMetadata theirs) {
      return theirs != null
          && theirs.offset() == ours.offset()
          && theirs.metadata().equals(ours.metadata());
    }
  }

  /** The reader's owner hands over from now on; it recovers what the reader has already. */
  void join(Handover handover) {
    this.handover = handover;
    assigned(consumer.assignment());
  }

  /** Whether anybody hands over. If not, the other methods have nothing to do. */
  boolean isHandedOver() {
    return handover != null;
  }

  /** Whether nothing may be taken, rolled back or committed before {@link #settle}. */
  boolean isPending() {
    return unresolved != null || unpublished;
  }

  /** Whether the member has to leave the group and join it again, to be sure of a commit. */
  boolean hasToLeave() {
    return membership == Membership.TO_BE_LEFT;
  }

  /** The member has left the group and will join it again. */
  void left() {
    membership = Membership.LEFT;
    unrecovered.clear();
  }

  /** Whether there is nothing to do but to join. */
  boolean hasToJoin() {
    return membership == Membership.LEFT;
  }

  /** Partitions are ours; they wait for {@link #settle}. */
  void assigned(Collection<TopicPartition> partitions) {
    if (membership == Membership.LEFT) {
      membership = Membership.CURRENT;
    }
    if (handover != null) {
      unrecovered.addAll(partitions);
      consumer.pause(partitions);
    }
  }

  /**
   * Topics were made anew, so their offsets mean other records now. It is as if an operator had
   * reset the group: what was noted of the others must not be taken for these.
   */
  void beginAnew(Map<TopicPartition, Long> beginnings) {
    if (handover != null && !beginnings.isEmpty()) {
      Map<TopicPartition, OffsetAndMetadata> reset = new HashMap<>();
      beginnings.forEach(
          (partition, offset) -> reset.put(partition, new OffsetAndMetadata(offset)));
      consumer.commitSync(reset);
      assigned(beginnings.keySet());
    }
    beginnings.forEach(consumer::seek);
  }

  /** Those of ours that wait for {@link #settle}. */
  Set<TopicPartition> unrecovered() {
    return unrecovered;
  }

  /** Partitions are no longer ours. */
  void gone(Collection<TopicPartition> partitions) {
    unrecovered.removeAll(partitions);
  }

  /**
   * Prepares, commits and publishes.
   *
   * @throws ChannelException if nothing is committed, or that is unknown
   * @throws RebalanceInProgressException if nothing is committed yet
   */
  void commit(Map<TopicPartition, Span> taken) {
    Handover owner = owner();
    Map<TopicPartition, OffsetAndMetadata> offsets = owner.prepare(taken);
    try {
      Commits.uninterrupted(consumer, offsets);
    } catch (RebalanceInProgressException e) {
      throw e; // Refused for now; the same can be committed when the rebalance is over.
    } catch (KafkaException | IllegalStateException | ConcurrentModificationException e) {
      unresolved = new Attempt(offsets, taken);
      membership = Membership.TO_BE_LEFT;
      throw new ChannelException(
          "Committing the offsets "
              + offsets
              + " failed; whether the group has them all the same is found out before anything"
              + " more is taken: "
              + Remedy.describe(e),
          e);
    }
    unpublished = true;
    try {
      publish();
    } catch (RuntimeException e) {
      log.warn("What was committed is not published yet; that is tried again before the next", e);
    }
  }

  /** Drops what was made of what was taken since the last commit. */
  void discard() {
    if (!isPending()) {
      owner().discard();
    }
  }

  /**
   * Does what is open, as far as it can be done now.
   *
   * @throws ChannelException if something can't
   */
  void settle() {
    if (handover == null || membership != Membership.CURRENT) {
      return;
    }
    if (unpublished) {
      publish();
    }
    if (unresolved != null || !unrecovered.isEmpty()) {
      Map<TopicPartition, OffsetAndMetadata> committed = committed();
      resolve(committed);
      recover(committed);
    }
  }

  private void publish() {
    owner().publish();
    unpublished = false;
  }

  private void resolve(Map<TopicPartition, OffsetAndMetadata> committed) {
    Attempt attempt = unresolved;
    if (attempt == null) {
      return;
    }
    boolean applied = attempt.appliedIn(committed);
    log.info("The commit that failed was {}applied: {}", applied ? "" : "not ", attempt.offsets());
    if (applied) {
      unpublished = true;
      unresolved = null;
      publish();
    } else {
      owner().discard();
      // Where the group never had an offset, the consumer has no other way back.
      attempt.taken().forEach(this::goBack);
      unresolved = null;
    }
  }

  private void goBack(TopicPartition partition, Span taken) {
    if (unrecovered.contains(partition)) {
      consumer.seek(partition, taken.from());
    }
  }

  private void recover(Map<TopicPartition, OffsetAndMetadata> committed) {
    if (unrecovered.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> ours = new HashMap<>(committed);
    ours.keySet().retainAll(unrecovered);
    ours.forEach((partition, offset) -> consumer.seek(partition, offset.offset()));
    owner()
        .recover(Set.copyOf(unrecovered), Map.copyOf(ours), () -> confirm(ours))
        .forEach(consumer::seek);
    consumer.resume(unrecovered);
    unrecovered.clear();
  }

  /**
   * Commits again what is committed: the group refuses that once it has given the partitions to
   * another member. Where it holds nothing at all there is nothing to say again.
   */
  private void confirm(Map<TopicPartition, OffsetAndMetadata> ours) {
    if (!ours.isEmpty()) {
      Commits.uninterrupted(consumer, ours);
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> committed() {
    Set<TopicPartition> asked = new HashSet<>(unrecovered);
    if (unresolved != null) {
      asked.addAll(unresolved.offsets().keySet());
    }
    try {
      Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>(consumer.committed(asked));
      committed.values().removeIf(offset -> offset == null);
      return committed;
    } catch (InterruptException e) {
      throw e; // The reader's to translate.
    } catch (KafkaException | IllegalStateException e) {
      throw new ChannelException(
          "The group's offsets of "
              + asked
              + " can't be read, and nothing is taken before they can: "
              + Remedy.describe(e),
          e);
    }
  }

  private Handover owner() {
    Handover owner = handover;
    if (owner == null) {
      throw new IllegalStateException("Nobody hands over");
    }
    return owner;
  }
}
