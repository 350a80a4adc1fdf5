package io.flafka.kafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.delivery.Position;
import io.flafka.delivery.PositionedEvent;
import io.flafka.kafka.channel.KafkaChannel;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.TestbedExtension;
import io.flafka.testbed.TopicDump;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink.Status;
import org.apache.flume.Transaction;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.conf.ConfigurationException;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.event.SimpleEvent;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sink on a real broker, behind Flume's memory channel. */
@ExtendWith(TestbedExtension.class)
@Timeout(120)
class KafkaSinkIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Broker broker;
  private final List<KafkaSink> sinks = new ArrayList<>();
  private final MemoryChannel channel = new MemoryChannel();
  private String topic = "";

  KafkaSinkIT(Broker broker) {
    this.broker = broker;
  }

  @BeforeEach
  void open(TestInfo test) {
    topic = test.getTestMethod().orElseThrow().getName();
    // Some records are dated years ago: the broker would delete them as soon as it looks.
    broker.createTopic(topic, 2, Map.of("retention.ms", "-1"));
    channel.setName("c1");
    channel.configure(
        new Context(Map.of("capacity", "1000", "transactionCapacity", "1000", "keep-alive", "0")));
    channel.start();
  }

  @AfterEach
  void close() {
    sinks.forEach(KafkaSink::stop);
    channel.stop();
  }

  private KafkaSink started(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap.servers", broker.bootstrapServers());
    values.put("kafka.topic", topic);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    KafkaSink sink = new KafkaSink();
    sink.setName("k" + sinks.size());
    sink.configure(new Context(values));
    sink.setChannel(channel);
    sink.start();
    sinks.add(sink);
    return sink;
  }

  private void put(Event... events) {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    for (Event event : events) {
      channel.put(event);
    }
    transaction.commit();
    transaction.close();
  }

  private static Event event(String body, @Nullable String... headers) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      map.put(headers[i], headers[i + 1]);
    }
    return EventBuilder.withBody(body, UTF_8, map);
  }

  private List<String> values(String of) {
    return TopicDump.of(broker, of).stream().map(TopicDump.Row::value).toList();
  }

  @Test
  void sendsWhatTheChannelHolds() throws Exception {
    KafkaSink sink = started("timestampHeader", "ts", "defaultPartitionId", "1");
    put(event("one", "key", "k", "ts", "1700000000000"), event("two", "ts", "1700000000001"));

    assertThat(sink.process()).isEqualTo(Status.READY);
    assertThat(sink.process()).as("an empty channel").isEqualTo(Status.BACKOFF);

    assertThat(TopicDump.of(broker, topic))
        .containsExactly(
            new TopicDump.Row(1, "k", "one", 1700000000000L),
            new TopicDump.Row(1, "", "two", 1700000000001L));
  }

  @Test
  void aHeaderOrEscapesNameTheTopic() throws Exception {
    broker.createTopic(topic + "-web1-2013", 1);
    KafkaSink sink = started("kafka.topic", topic + "-%{host}-%Y");
    put(
        event("escaped", "host", "web1", "timestamp", "1379285993000"),
        event("named", "topic", topic));

    sink.process();

    assertThat(values(topic + "-web1-2013")).containsExactly("escaped");
    assertThat(values(topic)).containsExactly("named");
  }

  @Test
  void withoutOverrideTheTopicIsALiteral() throws Exception {
    KafkaSink sink = started("allowTopicOverride", "false");
    put(event("one", "topic", "elsewhere"));

    sink.process();

    assertThat(values(topic)).containsExactly("one");
  }

  @Test
  void whatCanNeverBeSentStopsItAfterItsNeighboursAreSent() throws Exception {
    KafkaSink sink = started("kafka.producer.max.request.size", "2000");
    put(event("one"), event("two"), event("x".repeat(3_000)));

    assertThatThrownBy(sink::process)
        .isInstanceOf(EventDeliveryException.class)
        .hasMessageContaining("kafka.producer.max.request.size = 2000");
    assertThat(values(topic)).isEmpty();
    assertThat(sink.process()).isEqualTo(Status.READY);
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(sink::process).hasMessageContaining("max.request.size = 2000");
    }
    assertThat(values(topic)).containsExactlyInAnyOrder("one", "two");

    sink.stop();
    started().process();
    assertThat(values(topic)).hasSize(3);
  }

  @Test
  void whatCanNeverBeSentBecomesADeadLetter() throws Exception {
    String dead = broker.createTopic(topic + "-dead", 1);
    KafkaSink sink = started("deadletter.topic", dead, "kafka.producer.max.block.ms", "1000");
    put(
        event("one"),
        event("no topic's name", "topic", "no/topic"),
        event("no such topic", "topic", "no-topic"),
        event("two"));

    assertThat(sink.process()).isEqualTo(Status.READY);

    assertThat(values(topic)).containsExactlyInAnyOrder("one", "two");
    assertThat(values(dead)).containsExactly("no topic's name", "no such topic");
    ObjectName name = new ObjectName("org.apache.flume.sink:type=" + sink.getName());
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    assertThat(server.getAttribute(name, "DeadLetterCount")).isEqualTo(2L);
    assertThat(server.getAttribute(name, "EventDrainSuccessCount")).isEqualTo(4L);
  }

  @Test
  void aHeaderWithoutAValueIsNotInTheDeadLetter() throws Exception {
    String dead = broker.createTopic(topic + "-dead", 1);
    KafkaSink sink = started("deadletter.topic", dead);
    put(event("lost", "topic", "no/topic", "host", null), event("sent"));

    assertThat(sink.process()).isEqualTo(Status.READY);

    assertThat(values(dead)).containsExactly("lost");
    assertThat(values(topic)).containsExactly("sent");
  }

  @Test
  void createsTheFixedTopicIfItIsToldTo() throws Exception {
    String made = topic + "-made";
    KafkaSink sink =
        started(
            "kafka.topic",
            made,
            "topic.create",
            "true",
            "topic.partitions",
            "3",
            "defaultPartitionId",
            "2");
    put(event("one"));

    sink.process();

    assertThat(TopicDump.of(broker, made)).extracting(TopicDump.Row::partition).containsExactly(2);
  }

  @Test
  void anEscapeThatNeedsATimeSaysSo() {
    KafkaSink sink = started("kafka.topic", topic + "-%Y");
    put(event("timeless"));

    assertThatThrownBy(sink::process).hasMessageContaining("header timestamp = null is none");
  }

  /** An event of a file. */
  private static final class Line extends SimpleEvent implements PositionedEvent {
    private final long end;

    Line(String body, long end) {
      setBody(body.getBytes(UTF_8));
      this.end = end;
    }

    @Override
    public Position position() {
      return new Position("file", end);
    }
  }

  @Test
  void exactlyOnceABatchThatComesAgainIsNotSentAgain() throws Exception {
    String[] exactlyOnce = {
      "delivery.guarantee",
      "exactly_once",
      "kafka.transactional.id",
      topic,
      "ledger.topic",
      topic + "-ledger"
    };
    put(new Line("one", 4), new Line("two", 8));
    started(exactlyOnce).process();
    put(new Line("one", 4), new Line("two", 8), new Line("three", 14)); // As after a crash.
    KafkaSink restarted = started(exactlyOnce);

    assertThat(restarted.process()).isEqualTo(Status.READY);

    assertThat(values(topic)).containsExactlyInAnyOrder("one", "two", "three");
  }

  private KafkaChannel startedKafkaChannel() {
    KafkaChannel kafka = new KafkaChannel();
    kafka.setName("c-" + topic);
    kafka.configure(
        new Context(
            Map.of(
                "kafka.bootstrap.servers",
                broker.bootstrapServers(),
                "kafka.topic",
                topic + "-in",
                "kafka.consumer.group.id",
                topic)));
    kafka.start();
    return kafka;
  }

  @Test
  void exactlyOnceWhatAnOperatorWantsAgainOutOfAKafkaChannelIsSentAgain() throws Exception {
    String in = broker.createTopic(topic + "-in", 1);
    KafkaSink sink =
        started(
            "delivery.guarantee",
            "exactly_once",
            "kafka.transactional.id",
            topic,
            "ledger.topic",
            topic + "-ledger");
    KafkaChannel kafka = startedKafkaChannel();
    Transaction transaction = kafka.getTransaction();
    transaction.begin();
    kafka.put(event("one"));
    kafka.put(event("two"));
    transaction.commit();
    transaction.close();
    sink.setChannel(kafka);
    Await.until("both are sent", LIMIT, () -> processed(sink) && values(topic).size() == 2);
    kafka.stop();
    try (Admin admin = broker.admin()) {
      TopicPartition partition = new TopicPartition(in, 0);
      admin
          .alterConsumerGroupOffsets(topic, Map.of(partition, new OffsetAndMetadata(1)))
          .all()
          .get();
    }

    KafkaChannel restarted = startedKafkaChannel();
    sink.setChannel(restarted);
    Await.until("one is sent again", LIMIT, () -> processed(sink) && values(topic).size() == 3);
    restarted.stop();

    assertThat(values(topic)).containsExactlyInAnyOrder("one", "two", "two");
  }

  private static boolean processed(KafkaSink sink) throws EventDeliveryException {
    sink.process();
    return true;
  }

  @Test
  void takesStocksKeysAndRefusesWrongOnes() {
    KafkaSink sink = new KafkaSink();
    sink.setName("k1");
    sink.configure(
        new Context(
            Map.of("brokerList", "b:9092", "topic", "t", "batchSize", "7", "requiredAcks", "-1")));
    assertThat(sink.getBatchSize()).isEqualTo(7);

    sink.configure(new Context(Map.of("kafka.bootstrap.servers", "b:9092")));
    assertThat(sink.getBatchSize()).isEqualTo(100);

    assertThatThrownBy(() -> sink.configure(new Context(Map.of("flumeBatchSize", "0"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("kafka.bootstrap.servers is missing")
        .hasMessageContaining("flumeBatchSize = 0");
  }
}
