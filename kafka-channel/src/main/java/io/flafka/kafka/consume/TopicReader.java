package io.flafka.kafka.consume;

import io.flafka.delivery.Span;
import io.flafka.kafka.client.Remedy;
import io.flafka.kafka.produce.Interruption;
import io.flafka.kafka.record.Malformed;
import io.flafka.kafka.record.Payload;
import io.flafka.kafka.record.RecordEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
  private static final Logger log = LoggerFactory.getLogger(TopicReader.class);

  /** How long a commit waits for the group to have settled who owns what. */
  private static final Duration REBALANCE_LIMIT = Duration.ofSeconds(60);

  /** All partitions are paused meanwhile, so a poll takes as long as it may. */
  private static final Duration REBALANCE_POLL = Duration.ofMillis(100);

  /** How long to wait for an owner to leave the consumer, before looking again. */
  private static final long OWNER_PAUSE_MILLIS = 10;

  private final Consumer<byte[], Payload> consumer;
  private final Subscription subscription;
  private final Content content;
  private final ReaderSettings settings;
  private final ReaderWatch watch;
  private final Positions positions;
  private final Settlement settlement;
  private final Deque<Slice> fetched = new ArrayDeque<>();
  private final Map<TopicPartition, Progress> progress = new HashMap<>();

  /** Given away in a rebalance that isn't over, so they may come back. */
  private final Map<TopicPartition, Progress> inTheAir = new HashMap<>();

  private final Set<String> lost = new TreeSet<>();
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
    this.content = content;
    this.settings = settings;
    this.watch = watch;
    this.positions = new Positions(consumer, settings);
    this.settlement = new Settlement(consumer);
    subscription.subscribe(consumer, new Rebalances());
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
    while (true) {
      Slice slice = fetched.peek();
      if (slice == null) {
        return null;
      }
      ConsumerRecord<byte[], Payload> record = slice.first();
      // A consumer doesn't show its deserializer a record without a value.
      Payload payload = record.value() == null ? content.values().decode(null) : record.value();
      if (payload instanceof RecordEvent event) {
        return event.from(record, slice.origin());
      }
      if (!isPassedBy(record, (Malformed) payload)) {
        return null;
      }
      advance(); // If it was the last one, the owner gets to commit that.
    }
  }

  /** Only a record with nothing uncommitted before it fails: so its neighbours are delivered. */
  private boolean isPassedBy(ConsumerRecord<byte[], Payload> record, Malformed payload) {
    try {
      content.undecodable().met(record, payload);
      return true;
    } catch (ChannelException e) {
      if (progress.values().stream().anyMatch(Progress::pending)) {
        return false;
      }
      throw e;
    }
  }

  /** Takes the event that {@link #peek} showed. */
  public void advance() {
    if (!fetched.element().advance()) {
      fetched.remove();
    }
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
      if (!inTheAir.isEmpty()) {
        finishRebalance(start);
      }
      failIfLost();
      try {
        commitTaken();
        done = true;
      } catch (RebalanceInProgressException e) {
        finishRebalance(start);
      }
    }
  }

  private void commitTaken() {
    Map<TopicPartition, Span> taken = taken();
    if (taken.isEmpty()) {
      return;
    }
    if (settlement.isHandedOver()) {
      commitTogether(taken);
    } else {
      commitAlone(taken);
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
      throw new ChannelException(
          "A rebalance that held up a commit failed: " + Remedy.describe(e), e);
    }
  }

  /** Goes back to where it last committed. Never throws. */
  public void rewind() {
    lost.clear();
    fetched.clear();
    inTheAir.clear();
    if (settlement.isPending()) {
      progress.clear(); // It is found out where that was before anything is taken.
      return;
    }
    discard();
    goBack();
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
    try {
      if (settlement.hasToLeave()) {
        rejoin();
      }
      if (!settlement.isPending() || settlement.hasToJoin()) {
        poll(patience);
      }
      settle();
    } catch (InterruptException e) {
      throw Interruption.of(e);
    } catch (ChannelException e) {
      throw e;
    } catch (KafkaException | IllegalStateException | ConcurrentModificationException e) {
      throw new ChannelException("Taking events failed: " + Remedy.describe(e), e);
    }
    if (settlement.isPending()) {
      fetched.clear();
    }
    failIfLost();
    watch.lag(lag());
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
      settlement.beginAnew(positions.jump(e.offsetOutOfRangePartitions(), this::isPending));
    }
    for (TopicPartition partition : records.partitions()) {
      add(partition, records.records(partition));
    }
    watch.polled(System.nanoTime() - start);
  }

  private boolean isPending(TopicPartition partition) {
    Progress taken = progress.get(partition);
    return taken != null && taken.pending();
  }

  private void add(TopicPartition partition, List<ConsumerRecord<byte[], Payload>> records) {
    long first = records.get(0).offset();
    Progress taken = progress.computeIfAbsent(partition, unseen -> new Progress(first));
    taken.fetched(first);
    fetched.add(new Slice(partition, content.origins().apply(partition), records, taken));
  }

  /** After this, the group refuses what this member has sent it so far. */
  private void rejoin() {
    fetched.clear();
    progress.clear();
    consumer.unsubscribe();
    settlement.left();
    subscription.subscribe(consumer, new Rebalances());
  }

  private void commitAlone(Map<TopicPartition, Span> taken) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    taken.forEach((partition, span) -> offsets.put(partition, new OffsetAndMetadata(span.to())));
    try {
      Commits.uninterrupted(consumer, offsets);
    } catch (RebalanceInProgressException e) {
      throw e; // Refused for now.
    } catch (KafkaException | IllegalStateException | ConcurrentModificationException e) {
      throw new ChannelException(
          "Committing the offsets "
              + offsets
              + " failed, so these events will be taken again: "
              + Remedy.describe(e),
          e);
    }
    progress.values().forEach(Progress::committed);
  }

  private void commitTogether(Map<TopicPartition, Span> taken) {
    long start = System.nanoTime();
    settlement.commit(taken);
    progress.values().forEach(Progress::committed);
    watch.committed(System.nanoTime() - start);
    if (settlement.isPending()) {
      fetched.clear();
      goBack(); // Which is where it is, but for what was fetched.
    }
  }

  private void discard() {
    if (settlement.isHandedOver() && !settlement.isPending()) {
      try {
        settlement.discard();
        watch.discarded();
      } catch (RuntimeException e) {
        log.warn("What was made of uncommitted events couldn't be discarded", e);
      }
    }
  }

  private void goBack() {
    try {
      progress.forEach((partition, taken) -> consumer.seek(partition, taken.span().from()));
    } catch (KafkaException | IllegalStateException | ConcurrentModificationException e) {
      // Only a consumer that is closed, or just being, refuses to seek; it won't read on.
      log.warn(
          "Not gone back, since the consumer is closed; the next owner of {} begins there",
          progress.keySet(),
          e);
    }
    progress.clear();
  }

  private Map<TopicPartition, Span> taken() {
    Map<TopicPartition, Span> taken = new HashMap<>();
    progress.forEach(
        (partition, since) -> {
          if (since.pending()) {
            taken.put(partition, since.span());
          }
        });
    return taken;
  }

  private Map<String, Long> lag() {
    Map<String, Long> lag = new TreeMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      consumer.currentLag(partition).ifPresent(records -> lag.put(partition.toString(), records));
    }
    return lag;
  }

  private void lose(TopicPartition partition, Progress taken) {
    lost.add(partition + " from offset " + taken.span().from());
  }

  private void failIfLost() {
    if (!lost.isEmpty()) {
      throw new ChannelException(
          "The consumer group gave away "
              + lost
              + " in the middle of a transaction, so it can't be committed; the events will be"
              + " taken again. If members don't come and go, this one is too slow: raise"
              + " kafka.consumer.max.poll.interval.ms");
    }
  }

  /** Called by the consumer, in the owner's thread, from within poll, unsubscribe and close. */
  private final class Rebalances implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (closing) {
        return;
      }
      if (settlement.isHandedOver()) {
        handOver();
      } else {
        progress.forEach(
            (partition, taken) -> {
              if (partitions.contains(partition) && taken.pending()) {
                inTheAir.put(partition, taken);
              }
            });
      }
      gone(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      if (closing) {
        return;
      }
      if (!taken().isEmpty()) {
        if (settlement.isHandedOver()) {
          log.warn(
              "Lost {} without notice: what was taken is discarded and comes again", partitions);
          discard();
          gone(partitions);
          fetched.clear();
          goBack();
        } else {
          progress.forEach(
              (partition, taken) -> {
                if (partitions.contains(partition) && taken.pending()) {
                  lose(partition, taken);
                }
              });
        }
      }
      gone(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      inTheAir.forEach(
          (partition, taken) -> {
            if (partitions.contains(partition)) {
              progress.put(partition, taken);
              consumer.seek(partition, taken.span().to());
            } else {
              lose(partition, taken);
            }
          });
      inTheAir.clear();
      settlement.assigned(partitions);
      positions.assigned(); // Asks the cluster, so it can fail, and isn't asked again then.
    }

    private void gone(Collection<TopicPartition> partitions) {
      fetched.removeIf(slice -> partitions.contains(slice.partition()));
      progress.keySet().removeAll(partitions);
      settlement.gone(partitions);
    }

    private void handOver() {
      Map<TopicPartition, Span> taken = taken();
      if (taken.isEmpty() || settlement.isPending()) {
        return;
      }
      try {
        commitTogether(taken);
      } catch (RuntimeException e) {
        log.warn("Not handed over cleanly: what was taken comes again, unless it was committed", e);
        fetched.clear();
        if (settlement.isPending()) {
          progress.clear(); // The member leaves, and begins where it finds the group.
        } else {
          discard();
          goBack();
        }
      }
    }
  }
}
