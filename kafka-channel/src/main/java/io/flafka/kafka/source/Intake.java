package io.flafka.kafka.source;

import io.flafka.delivery.BatchLimits;
import io.flafka.kafka.client.KafkaClients;
import io.flafka.kafka.consume.Content;
import io.flafka.kafka.consume.TopicReader;
import io.flafka.kafka.consume.Undecodable;
import io.flafka.kafka.produce.DeadLetterTopic;
import io.flafka.kafka.record.Origin;
import io.flafka.kafka.record.Payload;
import io.flafka.kafka.record.PayloadDeserializer;
import io.flafka.kafka.record.RecordEvent;
import java.time.Duration;
import org.apache.flume.ChannelException;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * What a source holds between its start and its stop: one member of a consumer group, whose events
 * go into the channels batch by batch. For one thread; another one closes it, when that is done.
 */
final class Intake {
  private final BatchLimits limits;
  private final boolean shared;
  private final TopicReader reader;
  private final Delivery delivery;
  private final KafkaSourceStats stats;
  private final @Nullable DeadLetterTopic deadLetters;

  private Intake(
      BatchLimits limits,
      boolean shared,
      TopicReader reader,
      Delivery delivery,
      KafkaSourceStats stats,
      @Nullable DeadLetterTopic deadLetters) {
    this.limits = limits;
    this.shared = shared;
    this.reader = reader;
    this.delivery = delivery;
    this.stats = stats;
    this.deadLetters = deadLetters;
  }

  /**
   * Joins the group, without waiting for the cluster.
   *
   * @throws KafkaException if the consumer can't be made
   */
  static Intake open(
      KafkaSourceConfig config,
      Targets targets,
      ChannelProcessor channels,
      KafkaSourceStats stats) {
    Consumer<byte[], Payload> consumer =
        KafkaClients.consumer(
            config.consumer().named("consumer"), new PayloadDeserializer(config.values()));
    try {
      Streams streams = new Streams(consumer);
      DeadLetterTopic deadLetters =
          DeadLetterTopic.open(config.deadLetters(), config.consumer(), stats::deadLetter);
      Undecodable undecodable =
          deadLetters == null
              ? new Undecodable.Stop(
                  config.servers(), config.group(), "useFlumeEventFormat = false")
              : deadLetters::take;
      Content content =
          new Content(
              config.values(),
              partition -> new Origin(streams.name(partition), config.records()),
              undecodable);
      TopicReader reader =
          new TopicReader(consumer, config.subscription(), content, config.reading(), stats);
      Delivery delivery = new Delivery(channels, streams, stats);
      reader.join(delivery);
      return new Intake(
          config.limits(targets.areUnbounded()),
          targets.areMany(),
          reader,
          delivery,
          stats,
          deadLetters);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  /**
   * Moves one batch into the channels; none, if there is nothing for a second.
   *
   * @throws ChannelException if that failed: a channel refused it, or Kafka. It comes again
   */
  void step() throws InterruptedException {
    boolean done = false;
    try {
      fill();
      reader.commit();
      done = true;
    } finally {
      if (!done) {
        reader.rewind();
      }
    }
  }

  /** Leaves the group. */
  void close(Duration limit) throws InterruptedException {
    try {
      reader.close(limit);
    } finally {
      if (deadLetters != null) {
        deadLetters.close(Duration.ZERO); // It waits for every letter, so nothing is under way.
      }
    }
  }

  private void fill() throws InterruptedException {
    RecordEvent event = reader.peek();
    if (event == null) {
      stats.foundNothing();
      return;
    }
    long start = System.nanoTime();
    while (event != null) {
      if (shared) {
        event.getHeaders(); // Made when first asked for, which several channels' sinks mustn't be.
      }
      delivery.add(event);
      reader.advance();
      event = isFull() ? null : next(start);
    }
  }

  private boolean isFull() {
    return delivery.size() >= limits.events() || delivery.bytes() >= limits.bytes();
  }

  /** Reads the clock only if there is something to wait for. */
  private @Nullable RecordEvent next(long start) throws InterruptedException {
    if (reader.hasFetched()) {
      return reader.peek();
    }
    Duration left = limits.time().minusNanos(System.nanoTime() - start);
    return left.isNegative() || left.isZero() ? null : reader.peek(left);
  }
}
