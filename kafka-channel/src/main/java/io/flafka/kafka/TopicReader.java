package io.flafka.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consuming side: one member of a consumer group, which reads a topic forward and either
 * commits what was taken or goes back to where it last committed.
 *
 * <p>Guarantees, partition by partition: records are taken in order; an offset is committed only
 * after its record was taken; after {@link #rewind} the same records come again, in the same order,
 * from the topic, however many they are. If a partition is given to another member while some of it
 * is taken and not committed, {@link #peek} and {@link #commit} throw until {@link #rewind}: the
 * new owner takes those records again, so the work done from them here must not be counted.
 *
 * <p>An owner that was too slow for {@code max.poll.interval.ms} loses all its partitions; its
 * commit fails, and the next {@link #peek} after a rewind joins the group again.
 *
 * <p>For the one thread that owns it; only {@link #close} is called by another, when the owner is
 * done.
 */
final class TopicReader implements ConsumerRebalanceListener {
  private static final Logger log = LoggerFactory.getLogger(TopicReader.class);

  /** How long to wait for an owner to leave the consumer, before looking again. */
  private static final long OWNER_PAUSE_MILLIS = 10;

  private final Consumer<byte[], byte[]> consumer;
  private final Duration patience;
  private final LongConsumer polledMillis;
  private final Deque<Slice> fetched = new ArrayDeque<>();
  private final Map<TopicPartition, Progress> progress = new HashMap<>();
  private final Set<String> lost = new TreeSet<>();

  /**
   * @param patience how long to wait for a record before saying that there is none
   * @param polledMillis is told how long each poll took
   */
  TopicReader(
      Consumer<byte[], byte[]> consumer,
      String topic,
      Duration patience,
      LongConsumer polledMillis) {
    this.consumer = consumer;
    this.patience = patience;
    this.polledMillis = polledMillis;
    consumer.subscribe(List.of(topic), this);
  }

  /**
   * The next record, which stays the next one until {@link #advance}; null if there is none for as
   * long as the patience lasts.
   */
  @Nullable ConsumerRecord<byte[], byte[]> peek() throws InterruptedException {
    if (fetched.isEmpty()) {
      poll();
      failIfLost();
    }
    Slice slice = fetched.peek();
    return slice == null ? null : slice.first();
  }

  /** Takes the record that {@link #peek} showed. */
  void advance() {
    if (!fetched.element().advance()) {
      fetched.remove();
    }
  }

  /**
   * Commits all that was taken since the last commit.
   *
   * @throws ChannelException if that failed, or a partition was lost; whether or not the group has
   *     the offsets, the owner must {@link #rewind}
   */
  void commit() {
    failIfLost();
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    progress.forEach(
        (partition, taken) -> {
          if (taken.pending()) {
            offsets.put(partition, new OffsetAndMetadata(taken.next()));
          }
        });
    if (offsets.isEmpty()) {
      return;
    }
    try {
      commitUninterrupted(offsets);
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

  /** Goes back to where it last committed. Never throws. */
  void rewind() {
    fetched.clear();
    lost.clear();
    try {
      progress.forEach((partition, taken) -> consumer.seek(partition, taken.from()));
    } catch (KafkaException | IllegalStateException | ConcurrentModificationException e) {
      // Only a consumer that is closed, or just being, refuses to seek; it won't read on.
      log.warn(
          "Not gone back, since the consumer is closed; the next owner of {} begins there",
          progress.keySet(),
          e);
    }
    progress.clear();
  }

  /** Leaves the group. An owner that is still inside gets an exception, and its time to leave. */
  void close(Duration limit) throws InterruptedException {
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

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    fetched.removeIf(slice -> partitions.contains(slice.partition()));
    for (TopicPartition partition : partitions) {
      Progress taken = progress.remove(partition);
      if (taken != null && taken.pending()) {
        lost.add(partition + " from offset " + taken.from());
      }
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    // They begin at the group's committed offsets, which is where they should.
  }

  private void poll() throws InterruptedException {
    long start = System.nanoTime();
    try {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(patience);
      for (TopicPartition partition : records.partitions()) {
        add(partition, records.records(partition));
      }
    } catch (InterruptException e) {
      // Kafka has set the thread's flag again; InterruptedException stands for it from here.
      Thread.interrupted();
      InterruptedException interrupted = new InterruptedException("Interrupted while taking");
      interrupted.initCause(e);
      throw interrupted;
    } catch (KafkaException | IllegalStateException | ConcurrentModificationException e) {
      throw new ChannelException("Taking events failed: " + Remedy.describe(e), e);
    }
    polledMillis.accept(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  private void add(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
    long first = records.get(0).offset();
    Progress taken = progress.computeIfAbsent(partition, unseen -> new Progress(first));
    taken.fetched(first);
    fetched.add(new Slice(partition, records, taken));
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

  /** Flume interrupts the threads of sinks to stop them, which would leave the outcome unknown. */
  private void commitUninterrupted(Map<TopicPartition, OffsetAndMetadata> offsets) {
    try {
      consumer.commitSync(offsets);
    } catch (InterruptException e) {
      Thread.interrupted();
      try {
        consumer.commitSync(offsets); // Settles it: the same offsets, by the same member.
      } finally {
        Thread.currentThread().interrupt();
      }
    }
  }
}
