package io.flafka.kafka;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.FlumeException;
import org.apache.flume.instrumentation.kafka.KafkaChannelCounter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * What a channel holds between its start and its stop: one producer for all threads, a consumer for
 * each thread that takes, and the counters. For any number of threads.
 */
final class Connection {
  private final KafkaChannelConfig config;
  private final RecordSender sender;
  private final TopicReaders readers;
  private final KafkaChannelCounter counter;
  private final AtomicInteger consumers = new AtomicInteger();

  private Connection(KafkaChannelConfig config, RecordSender sender, KafkaChannelCounter counter) {
    this.config = config;
    this.sender = sender;
    this.counter = counter;
    this.readers = new TopicReaders(this::openReader);
  }

  /**
   * Makes the producer and registers the counters.
   *
   * @throws FlumeException if that fails; then nothing is left open
   */
  static Connection open(String channel, KafkaChannelConfig config) {
    ClientProperties producer = config.producer();
    try {
      RecordSender sender =
          new RecordSender(
              KafkaClients.producer(producer.named("producer")),
              config.topic(),
              producer.largestRequest());
      KafkaChannelCounter counter = new KafkaChannelCounter(channel);
      counter.start();
      return new Connection(config, sender, counter);
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new FlumeException("Can't make a Kafka producer: " + Remedy.describe(cause), e);
    }
  }

  RecordSender sender() {
    return sender;
  }

  KafkaChannelCounter counter() {
    return counter;
  }

  /** The calling thread's reader. */
  TopicReader reader() {
    return readers.ofThisThread();
  }

  /**
   * An event as a record that can be sent.
   *
   * @throws ChannelException if it can't be
   */
  ProducerRecord<byte[], byte[]> record(Event event) {
    ProducerRecord<byte[], byte[]> record =
        config.format().toRecord(config.topic(), config.partitions().of(event), event);
    sender.check(record);
    return record;
  }

  /**
   * The event that a record holds.
   *
   * @throws ChannelException if it holds none
   */
  Event event(ConsumerRecord<byte[], byte[]> record) {
    try {
      return config.format().toEvent(record);
    } catch (MalformedEventException e) {
      throw new ChannelException(undecodable(record, e), e);
    }
  }

  /** Ends all; each of the two sides takes no longer than the limit. */
  void close(Duration limit) {
    readers.close(limit);
    sender.close(limit);
    counter.stop();
  }

  private TopicReader openReader() {
    String suffix = "consumer-" + consumers.incrementAndGet();
    return new TopicReader(
        KafkaClients.consumer(config.consumer().named(suffix)),
        config.topic(),
        config.pollTimeout(),
        counter::addToKafkaEventGetTimer);
  }

  private String undecodable(ConsumerRecord<byte[], byte[]> record, MalformedEventException why) {
    String topic = record.topic() + ":" + record.partition();
    return "The record at "
        + record.topic()
        + "-"
        + record.partition()
        + "@"
        + record.offset()
        + " is no Flume event: "
        + why.getMessage()
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
