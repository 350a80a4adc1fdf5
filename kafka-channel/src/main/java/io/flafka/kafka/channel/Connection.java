package io.flafka.kafka.channel;

import io.flafka.kafka.client.KafkaClients;
import io.flafka.kafka.client.Remedy;
import io.flafka.kafka.consume.Content;
import io.flafka.kafka.consume.Handover;
import io.flafka.kafka.consume.TopicReader;
import io.flafka.kafka.consume.TopicReaders;
import io.flafka.kafka.consume.Undecodable;
import io.flafka.kafka.produce.DeadLetterTopic;
import io.flafka.kafka.produce.EventRecords;
import io.flafka.kafka.produce.RecordSender;
import io.flafka.kafka.record.Origin;
import io.flafka.kafka.record.PayloadDeserializer;
import io.flafka.kafka.record.ValueFormat;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a channel holds between its start and its stop: a sender for all threads, a reader for each
 * thread that takes, and the counters. For any number of threads.
 */
final class Connection {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  private final KafkaChannelConfig config;
  private final RecordSender sender;
  private final EventRecords records;
  private final TopicReaders readers;
  private final @Nullable DeadLetterTopic deadLetters;
  private final Undecodable undecodable;
  private final KafkaChannelStats stats;
  private final AtomicInteger consumers = new AtomicInteger();
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  private Connection(KafkaChannelConfig config, RecordSender sender, KafkaChannelStats stats) {
    this.config = config;
    this.sender = sender;
    this.stats = stats;
    this.deadLetters =
        config
            .puts()
            .deadLetters()
            .map(topic -> new DeadLetterTopic(topic, config.client(), stats::deadLetter))
            .orElse(null);
    this.undecodable =
        deadLetters == null
            ? new Undecodable.Stop(config.servers(), config.group(), "parseAsFlumeEvent = false")
            : deadLetters::take;
    this.records =
        new EventRecords(
            event -> config.topic(),
            config.events(),
            config.puts().check(sender::partitions),
            deadLetters);
    this.readers = new TopicReaders(this::openReader);
  }

  /**
   * Makes what takes no turn with other agents, and registers the counters.
   *
   * @throws FlumeException if that fails; then nothing is left open
   */
  static Connection open(String channel, KafkaChannelConfig config) {
    try {
      KafkaChannelStats stats = new KafkaChannelStats(channel);
      RecordSender sender = config.puts().open(stats);
      stats.start();
      return new Connection(config, sender, stats);
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new FlumeException("Can't make a Kafka producer: " + Remedy.describe(cause), e);
    }
  }

  RecordSender sender() {
    return sender;
  }

  /** Whether positions of events count. */
  boolean keepsPositions() {
    return sender.keepsPositions();
  }

  KafkaChannelStats stats() {
    return stats;
  }

  /** The calling thread's reader. */
  TopicReader reader() {
    return readers.ofThisThread();
  }

  /** The calling thread hands over from now on. */
  void enlist(Handover handover) {
    readers.enlist(handover);
  }

  /**
   * An event as a record that can be sent; null if it can never be, and is a dead letter now.
   *
   * @throws ChannelException if it can't be, and nothing takes it
   */
  @Nullable ProducerRecord<byte[], byte[]> record(Event event) {
    return records.of(event);
  }

  /** Once for each thread, which Flume names after its source. */
  void warnOfEventsWithoutPosition() {
    String thread = Thread.currentThread().getName();
    if (warned.add(thread)) {
      log.warn(
          "Thread {} puts events that know no position, from a source that gives none or an"
              + " interceptor that makes new events: after a crash or a failure, they may be"
              + " there twice",
          thread);
    }
  }

  /** Ends all; each of the two sides takes no longer than the limit. */
  void close(Duration limit) {
    readers.close(limit);
    sender.close(limit);
    if (deadLetters != null) {
      deadLetters.close(Duration.ZERO); // It waits for every letter, so nothing is under way.
    }
    stats.stop();
  }

  private TopicReader openReader() {
    String suffix = "consumer-" + consumers.incrementAndGet();
    ValueFormat values = config.events().values();
    return new TopicReader(
        KafkaClients.consumer(config.consumer().named(suffix), new PayloadDeserializer(values)),
        config.subscription(),
        new Content(values, this::origin, undecodable),
        config.reading(),
        stats.reader(suffix));
  }

  private Origin origin(TopicPartition partition) {
    return new Origin(partition.toString(), config.records());
  }
}
