package io.flafka.kafka.consume;

import io.flafka.kafka.client.Remedy;
import io.flafka.kafka.produce.Interruption;
import io.flafka.kafka.record.Payload;
import io.flafka.kafka.record.RecordEvent;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jspecify.annotations.Nullable;

/**
 * The consuming side: one member of a consumer group, which reads topics forward and either commits
 * what was taken or goes back to where it last committed.
 *
 * <p>Guarantees, partition by partition: records are taken in order; an offset is committed only
 * after its record was taken; after {@link #rewind} the same records come again, in the same order,
 * from the topic, however many they are.
 *
 * <p>When a partition is to be given to another member while some of it is taken and not committed,
 * a {@link Handover} commits all that was taken, there and then, and the transaction goes on after
 * it. Without one, {@link #peek} and {@link #commit} throw until {@link #rewind}, unless the
 * rebalance gives the partition back: the new owner takes those records again, so the work done
 * from them here must not be counted. If partitions are lost without notice, as they are by an
 * owner that was too slow for {@code max.poll.interval.ms}, what was taken is discarded and comes
 * again.
 *
 * <p>For the one thread that owns it; only {@link #close} is called by another, when the owner is
 * done.
 */
public final class TopicReader {
  /** How long a commit waits for the group to have settled who owns what. */
  private static final Duration REBALANCE_LIMIT = Duration.ofSeconds(60);

  /** All partitions are paused meanwhile, so a poll takes as long as it may. */
  private static final Duration REBALANCE_POLL = Duration.ofMillis(100);

  /** How long to wait for an owner to leave the consumer, before looking again. */
  private static final long OWNER_PAUSE_MILLIS = 10;

  private final Consumer<byte[], Payload> consumer;
  private final Subscription subscription;
  private final ReaderSettings settings;
  private final ReaderWatch watch;
  private final Positions positions;
  private final Settlement settlement;
  private final Fetched fetched;
  private final Losses losses = new Losses();
  private final Fence fence = new Fence();
  private final Uncommitted uncommitted;
  private final Rebalances rebalances;
  private final LongWait wait = new LongWait();
  private volatile boolean closing;

  /** Subscribes; the consumer must not commit or choose offsets by itself. */
  public TopicReader(
      Consumer<byte[], Payload> consumer,
      Subscription subscription,
      Content content,
      ReaderSettings settings,
      ReaderWatch watch) {
    this.consumer = consumer;
    this.subscription = subscription;
    this.fetched = new Fetched(content);
    this.settings = settings;
    this.watch = watch;
    this.positions = new Positions(consumer, settings);
    this.settlement = new Settlement(consumer);
    this.uncommitted = new Uncommitted(consumer, fetched, settlement, fence, watch);
    this.rebalances =
        new Rebalances(
            consumer, fetched, settlement, uncommitted, losses, positions, () -> closing);
    subscription.subscribe(consumer, rebalances);
  }

  /** What is taken from now on is committed with a handover. Only between two transactions. */
  public void join(Handover handover) {
    settlement.join(handover);
  }

  /**
   * The next event, which stays the next one until {@link #advance}; null if there is none for as
   * long as the patience lasts, or none before what was taken so far is committed.
   *
   * @throws ChannelException if none can be had; the owner must {@link #rewind}
   */
  public @Nullable RecordEvent peek() throws InterruptedException {
    return peek(settings.patience());
  }

  /** The same, with less patience or more. */
  public @Nullable RecordEvent peek(Duration patience) throws InterruptedException {
    if (fetched.isEmpty()) {
      refill(patience);
    }
    return fetched.peek();
  }

  /** Takes the event that {@link #peek} showed. */
  public void advance() {
    fetched.advance();
  }

  /** Whether the next record is there without asking the cluster for it. */
  public boolean hasFetched() {
    return !fetched.isEmpty();
  }

  /**
   * Commits all that was taken since the last commit.
   *
   * @throws ChannelException if that failed, or a partition was lost; whether or not the group has
   *     the offsets, the owner must {@link #rewind}
   */
  public void commit() {
    long start = System.nanoTime();
    boolean done = false;
    while (!done) {
      if (losses.areOpen()) {
        finishRebalance(start);
      }
      losses.failIfAny();
      try {
        uncommitted.commit();
        done = true;
      } catch (RebalanceInProgressException e) {
        finishRebalance(start);
      }
    }
  }

  /** Polls, taking nothing from what is owned, so that the group can go on. */
  private void finishRebalance(long start) {
    if (System.nanoTime() - start > REBALANCE_LIMIT.toNanos()) {
      throw new ChannelException(
          "The consumer group has been rebalancing for "
              + REBALANCE_LIMIT.toSeconds()
              + " s, so nothing can be committed; the events will be taken again. A member that"
              + " takes too long to join holds it up");
    }
    try {
      Set<TopicPartition> before = Set.copyOf(consumer.assignment());
      consumer.pause(before);
      try {
        poll(REBALANCE_POLL);
      } finally {
        Set<TopicPartition> kept = new HashSet<>(consumer.assignment());
        kept.retainAll(before);
        kept.removeAll(settlement.unrecovered());
        consumer.resume(kept);
      }
    } catch (KafkaException | IllegalStateException | ConcurrentModificationException e) {
      fence.note(e);
      throw new ChannelException(
          "A rebalance that held up a commit failed: " + Remedy.describe(e), e);
    }
  }

  /** Goes back to where it last committed. Never throws. */
  public void rewind() {
    losses.clear();
    uncommitted.undo();
  }

  /** Leaves the group. An owner that is still inside gets an exception, and its time to leave. */
  public void close(Duration limit) throws InterruptedException {
    closing = true;
    consumer.wakeup();
    long start = System.nanoTime();
    while (true) {
      try {
        consumer.close(CloseOptions.timeout(limit));
        return;
      } catch (ConcurrentModificationException e) {
        if (System.nanoTime() - start > limit.toNanos()) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(OWNER_PAUSE_MILLIS);
      }
    }
  }

  private void refill(Duration patience) throws InterruptedException {
    fence.failIfUp();
    try {
      if (settlement.hasToLeave()) {
        rejoin();
      }
      if (!settlement.isPending() || settlement.hasToJoin()) {
        poll(patience);
        wait.has(!consumer.assignment().isEmpty());
      }
      settle();
    } catch (InterruptException e) {
      throw Interruption.of(e);
    } catch (KafkaException | IllegalStateException | ConcurrentModificationException e) {
      fence.note(e);
      fence.failIfUp();
      throw new ChannelException("Taking events failed: " + Remedy.describe(e), e);
    }
    if (settlement.isPending()) {
      fetched.drop();
    }
    losses.failIfAny();
    watch.lag(positions.lag());
  }

  private void settle() {
    try {
      settlement.settle();
    } catch (NoOffsetForPartitionException e) {
      positions.begin(e.partitions());
      settlement.settle();
    }
  }

  private void poll(Duration patience) {
    long start = System.nanoTime();
    ConsumerRecords<byte[], Payload> records = ConsumerRecords.empty();
    try {
      records = consumer.poll(patience);
    } catch (NoOffsetForPartitionException e) {
      positions.begin(e.partitions());
      records = consumer.poll(patience);
    } catch (OffsetOutOfRangeException e) {
      settlement.beginAnew(
          positions.jump(e.offsetOutOfRangePartitions(), fetched.taken().keySet()::contains));
    }
    for (TopicPartition partition : records.partitions()) {
      fetched.add(partition, records.records(partition));
    }
    watch.polled(System.nanoTime() - start);
  }

  /** After this, the group refuses what this member has sent it so far. */
  private void rejoin() {
    fetched.clear();
    consumer.unsubscribe();
    settlement.left();
    subscription.subscribe(consumer, rebalances);
  }
}
