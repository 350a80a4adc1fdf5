package io.flafka.kafka.channel;

import io.flafka.delivery.Participant;
import io.flafka.delivery.PositionLedger;
import io.flafka.kafka.client.KafkaClients;
import io.flafka.kafka.client.Remedy;
import io.flafka.kafka.client.TopicId;
import io.flafka.kafka.consume.Content;
import io.flafka.kafka.consume.ParticipantHandover;
import io.flafka.kafka.consume.Streams;
import io.flafka.kafka.consume.TopicReader;
import io.flafka.kafka.consume.TopicReaders;
import io.flafka.kafka.consume.Undecodable;
import io.flafka.kafka.produce.DeadLetterTopic;
import io.flafka.kafka.produce.Destination;
import io.flafka.kafka.produce.EventBatch;
import io.flafka.kafka.produce.EventSender;
import io.flafka.kafka.record.Origin;
import io.flafka.kafka.record.PayloadDeserializer;
import io.flafka.kafka.record.ValueFormat;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flume.ChannelException;
import org.apache.flume.FlumeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a channel holds between its start and its stop: a sender for all threads, a reader for each
 * thread that takes, and the counters. For any number of threads.
 */
final class Connection {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  private final KafkaChannelConfig config;
  private final EventSender sender;
  private final TopicReaders readers;
  private final Undecodable undecodable;
  private final KafkaChannelStats stats;
  private final UUID run = UUID.randomUUID();
  private final Set<String> warned = ConcurrentHashMap.newKeySet();
  private final Map<Thread, Streams> enlisted = new ConcurrentHashMap<>();

  private Connection(
      KafkaChannelConfig config,
      EventSender sender,
      Undecodable undecodable,
      KafkaChannelStats stats) {
    this.config = config;
    this.sender = sender;
    this.undecodable = undecodable;
    this.stats = stats;
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
      DeadLetterTopic deadLetters =
          DeadLetterTopic.open(config.deadLetters(), config.client(), stats::deadLetter);
      Undecodable undecodable =
          deadLetters == null
              ? new Undecodable.Stop(config.servers(), config.group(), "parseAsFlumeEvent = false")
              : deadLetters::take;
      EventSender sender =
          EventSender.open(
              config.puts(),
              new Destination.Topic(config.topic()),
              config.events(),
              deadLetters,
              stats);
      stats.start();
      return new Connection(config, sender, undecodable, stats);
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new FlumeException("Can't make a Kafka producer: " + Remedy.describe(cause), e);
    }
  }

  /** For one transaction's puts. */
  EventBatch batch() {
    return sender.batch();
  }

  /** What of events is in the topic already. */
  PositionLedger ledger() {
    return sender.ledger();
  }

  KafkaChannelStats stats() {
    return stats;
  }

  /** The calling thread's reader. */
  TopicReader reader() {
    return readers.ofThisThread();
  }

  /**
   * The calling thread hands over from now on.
   *
   * @throws ChannelException if the cluster doesn't tell which topic this is
   */
  void enlist(Participant participant) {
    try {
      Streams streams = new Streams(config.group(), TopicId.of(config.topic(), config.client()));
      enlisted.put(Thread.currentThread(), streams);
      readers.enlist(new ParticipantHandover(participant, streams));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChannelException("Interrupted while asking for the id of " + config.topic(), e);
    }
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
    stats.stop();
  }

  private TopicReader openReader(int number) {
    ValueFormat values = config.events().values();
    return new TopicReader(
        KafkaClients.consumer(config.consumer().consumer(number), new PayloadDeserializer(values)),
        config.subscription(),
        new Content(values, this::origin, undecodable),
        config.reading(),
        stats.reader("consumer-" + number));
  }

  /**
   * A participant finds the streams that it was told of. Another sink that keeps positions ignores
   * what it sent already when a transaction comes again. After a restart the offsets may mean other
   * records, of a topic that was made anew, or be wanted again, by an operator's reset: so to that
   * one they are other streams then.
   */
  private Origin origin(TopicPartition partition) {
    Streams streams = enlisted.get(Thread.currentThread());
    String stream = streams == null ? partition + "/" + run : streams.apply(partition);
    return new Origin(stream, config.records());
  }
}
