package io.flafka.kafka.channel;

import io.flafka.kafka.client.KafkaClients;
import io.flafka.kafka.client.Remedy;
import io.flafka.kafka.consume.Handover;
import io.flafka.kafka.consume.TopicReader;
import io.flafka.kafka.consume.TopicReaders;
import io.flafka.kafka.produce.RecordCheck;
import io.flafka.kafka.produce.RecordSender;
import io.flafka.kafka.record.Malformed;
import io.flafka.kafka.record.Origin;
import io.flafka.kafka.record.Payload;
import io.flafka.kafka.record.PayloadDeserializer;
import io.flafka.kafka.record.RecordEvent;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
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
  private final RecordCheck check;
  private final TopicReaders readers;
  private final KafkaChannelStats stats;
  private final AtomicInteger consumers = new AtomicInteger();
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  private Connection(KafkaChannelConfig config, RecordSender sender, KafkaChannelStats stats) {
    this.config = config;
    this.sender = sender;
    this.check = new RecordCheck(config.puts().producer().largestRequest(), sender::partitions);
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
   * An event as a record that can be sent.
   *
   * @throws ChannelException if it can't be
   */
  ProducerRecord<byte[], byte[]> record(Event event) {
    ProducerRecord<byte[], byte[]> record = config.events().record(config.topic(), event);
    check.check(record, event);
    return record;
  }

  /**
   * The event that a record holds.
   *
   * @throws ChannelException if it holds none
   */
  Event event(ConsumerRecord<byte[], Payload> record, Origin origin) {
    Payload payload = record.value();
    if (payload instanceof RecordEvent event) {
      return event.from(record, origin);
    }
    if (payload instanceof Malformed malformed) {
      throw new ChannelException(undecodable(record, malformed.why()));
    }
    throw new ChannelException(undecodable(record, "it has no value"));
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

  private TopicReader openReader() {
    String suffix = "consumer-" + consumers.incrementAndGet();
    return new TopicReader(
        KafkaClients.consumer(
            config.consumer().named(suffix), new PayloadDeserializer(config.events().values())),
        config.subscription(),
        config.reading(),
        stats.reader(suffix));
  }

  /** Where the events of a partition come from. */
  Origin origin(int partition) {
    return new Origin(config.topic() + "-" + partition, config.records());
  }

  private String undecodable(ConsumerRecord<byte[], Payload> record, String why) {
    String topic = record.topic() + ":" + record.partition();
    return "The record at "
        + record.topic()
        + "-"
        + record.partition()
        + "@"
        + record.offset()
        + " is no Flume event: "
        + why
        + ". Nothing after it in this partition is taken until it is dealt with. If the topic holds"
        + " bare lines, set parseAsFlumeEvent = false. To leave out this one record, stop every"
        + " agent of the group and run: kafka-consumer-groups.sh --bootstrap-server "
        + config.servers()
        + " --group "
        + config.group()
        + " --topic "
        + topic
        + " --reset-offsets --to-offset "
        + (record.offset() + 1)
        + " --execute";
  }
}
