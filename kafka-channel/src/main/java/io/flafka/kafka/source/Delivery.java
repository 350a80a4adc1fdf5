package io.flafka.kafka.source;

import io.flafka.delivery.Span;
import io.flafka.kafka.consume.Handover;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flume.Event;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Events on their way into the channels. They are put when the batch is full, or when a partition
 * is to be given away; the group's offsets are committed after that. For one thread.
 */
final class Delivery implements Handover {
  private final ChannelProcessor channels;
  private final Streams streams;
  private final KafkaSourceStats stats;
  private final List<Event> events = new ArrayList<>();
  private long bytes;

  Delivery(ChannelProcessor channels, Streams streams, KafkaSourceStats stats) {
    this.channels = channels;
    this.streams = streams;
    this.stats = stats;
  }

  void add(Event event) {
    events.add(event);
    bytes += event.getBody().length;
  }

  /** How many events wait. */
  int size() {
    return events.size();
  }

  /** How many bytes their bodies have. */
  long bytes() {
    return bytes;
  }

  @Override
  public Map<TopicPartition, Long> recover(
      Set<TopicPartition> assigned,
      Map<TopicPartition, OffsetAndMetadata> committed,
      Runnable confirm) {
    return streams.begin(assigned, committed);
  }

  /** Puts what waits. Asked again, as for a commit in a rebalance, there is nothing more to put. */
  @Override
  public Map<TopicPartition, OffsetAndMetadata> prepare(Map<TopicPartition, Span> taken) {
    if (!events.isEmpty()) {
      stats.putting(events.size());
      channels.processEventBatch(events);
      stats.put(events.size());
      clear();
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    taken.forEach(
        (partition, span) ->
            offsets.put(partition, new OffsetAndMetadata(span.to(), streams.metadata(partition))));
    return offsets;
  }

  @Override
  public void publish() {}

  @Override
  public void discard() {
    clear();
  }

  private void clear() {
    events.clear();
    bytes = 0;
  }
}
