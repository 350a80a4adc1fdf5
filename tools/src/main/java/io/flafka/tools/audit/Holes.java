package io.flafka.tools.audit;

import io.flafka.delivery.Span;
import io.flafka.tools.command.Brokers;
import io.flafka.tools.command.Brokers.Bounds;
import io.flafka.tools.command.CommandException;
import io.flafka.tools.command.Progress;
import java.io.Closeable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a topic for what lies between the tiles. The ends of transactions have offsets, and so
 * have records of transactions that were aborted; where nothing else is, nothing is missing.
 *
 * <p>For the holes of one partition, in their order. Connects when the first one is looked into.
 */
final class Holes implements Closeable {
  private final Brokers brokers;
  private final String topic;
  private final int partition;
  private final Bounds bounds;
  private final Progress progress;
  private @Nullable PartitionRecords records;
  private long count;

  Holes(Brokers brokers, String topic, int partition, Bounds bounds, Progress progress) {
    this.brokers = brokers;
    this.topic = topic;
    this.partition = partition;
    this.bounds = bounds;
    this.progress = progress;
  }

  /** How many offsets of a hole are in the topic no more. */
  long unseen(Span hole) {
    return Math.max(0, Math.min(hole.to(), bounds.beginning()) - hole.from());
  }

  /** What of a hole is missing, from the first record in it on; null if there is none. */
  @Nullable Span gap(Span hole) throws CommandException {
    long from = Math.max(hole.from(), bounds.beginning());
    long to = Math.min(hole.to(), bounds.stable());
    if (from >= to) {
      return null;
    }
    progress.say(topic + "-" + partition + ": %,d holes between manifests looked into", ++count);
    PartitionRecords open = records;
    if (open == null) {
      open = PartitionRecords.open(brokers, topic, partition);
      records = open;
    }
    open.from(from);
    ConsumerRecord<byte[], byte[]> first = open.nextBefore(to);
    return first == null ? null : new Span(first.offset(), hole.to());
  }

  @Override
  public void close() {
    if (records != null) {
      records.close();
    }
  }
}
