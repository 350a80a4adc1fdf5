package io.flafka.kafka.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.flafka.delivery.Guarantee;
import io.flafka.delivery.LastCommit;
import io.flafka.delivery.Participant;
import io.flafka.delivery.Position;
import io.flafka.delivery.PositionedEvent;
import io.flafka.delivery.Span;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.flume.ChannelException;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.FlumeException;
import org.apache.flume.Transaction;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.event.SimpleEvent;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The channel on a real broker. */
@ExtendWith(TestbedExtension.class)
@Timeout(180)
class KafkaChannelIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<KafkaChannel> channels = new ArrayList<>();
  private final Broker broker;
  private String topic = "";

  KafkaChannelIT(Broker broker) {
    this.broker = broker;
  }

  @BeforeEach
  void nameTheTopicAfterTheTest(TestInfo test) {
    topic = test.getTestMethod().orElseThrow().getName();
  }

  @AfterEach
  void stopChannels() {
    channels.forEach(KafkaChannel::stop);
  }

  private KafkaChannel configured(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap.servers", broker.bootstrapServers());
    values.put("kafka.topic", topic);
    values.put("kafka.consumer.group.id", topic);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    KafkaChannel channel = new KafkaChannel();
    channel.setName("c" + channels.size() + "-" + topic);
    channel.configure(new Context(values));
    channels.add(channel);
    return channel;
  }

  private KafkaChannel started(String... keysAndValues) {
    KafkaChannel channel = configured(keysAndValues);
    channel.start();
    return channel;
  }

  private static List<String> lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> String.format("line %06d", i)).toList();
  }

  private static void put(KafkaChannel channel, List<String> lines) {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    try {
      lines.forEach(line -> channel.put(EventBuilder.withBody(line, UTF_8)));
      transaction.commit();
    } catch (RuntimeException e) {
      transaction.rollback();
      throw e;
    } finally {
      transaction.close();
    }
  }

  /** As a source does: the same again until it is accepted. */
  private static void putUntilAccepted(KafkaChannel channel, List<String> lines) {
    while (true) {
      try {
        put(channel, lines);
        return;
      } catch (ChannelException e) {
        assertThat(Thread.currentThread().isInterrupted()).as("interrupted").isFalse();
      }
    }
  }

  /** Takes in an open transaction until there are so many, or the time is up. */
  private static List<Event> takeOpen(KafkaChannel channel, int count) {
    long end = System.nanoTime() + LIMIT.toNanos();
    List<Event> events = new ArrayList<>();
    while (events.size() < count && System.nanoTime() < end) {
      Event event = channel.take();
      if (event != null) {
        events.add(event);
      }
    }
    return events;
  }

  private enum End {
    COMMIT,
    ROLLBACK
  }

  private static List<Event> take(KafkaChannel channel, int count, End end) {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    try {
      List<Event> events = takeOpen(channel, count);
      if (end == End.COMMIT) {
        transaction.commit();
      } else {
        transaction.rollback();
      }
      return events;
    } catch (RuntimeException e) {
      transaction.rollback();
      throw e;
    } finally {
      transaction.close();
    }
  }

  private static List<String> bodies(List<Event> events) {
    return events.stream().map(event -> new String(event.getBody(), UTF_8)).toList();
  }

  @Test
  void flumeEventsComeBackAsTheyWent() {
    broker.createTopic(topic, 1);
    KafkaChannel channel = started();
    Map<String, String> headers = Map.of("key", "k1", "timestamp", "17", "host", "wéb1");
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    channel.put(EventBuilder.withBody("line", UTF_8, headers));
    transaction.commit();
    transaction.close();

    Event event = take(channel, 1, End.COMMIT).get(0);

    assertThat(event.getHeaders()).isEqualTo(headers);
    assertThat(event.getBody()).asString(UTF_8).isEqualTo("line");
  }

  @Test
  void rawLinesComeBackWithTheirKeyAndTime() {
    broker.createTopic(topic, 1, Map.of("retention.ms", "-1"));
    KafkaChannel channel = started("parseAsFlumeEvent", "false");
    Map<String, String> headers = Map.of("key", "k1", "timestamp", "1379203200000");
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    channel.put(EventBuilder.withBody("line", UTF_8, headers));
    transaction.commit();
    transaction.close();

    Event event = take(channel, 1, End.COMMIT).get(0);

    assertThat(event.getHeaders()).isEqualTo(headers);
    assertThat(event.getBody()).asString(UTF_8).isEqualTo("line");
  }

  @Test
  void whatIsRolledBackBeforeItsCommitIsNowhere() {
    broker.createTopic(topic, 1);
    KafkaChannel channel = started();
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    channel.put(EventBuilder.withBody("gone", UTF_8));
    transaction.rollback();
    transaction.close();
    put(channel, List.of("stays"));

    assertThat(bodies(take(channel, 1, End.COMMIT))).containsExactly("stays");
  }

  @Test
  void aRollbackReplaysInOrderHoweverMuchWasTaken() {
    broker.createTopic(topic, 1);
    KafkaChannel channel = started("kafka.consumer.max.poll.records", "70");
    put(channel, lines(0, 1_000));

    assertThat(bodies(take(channel, 100, End.COMMIT))).isEqualTo(lines(0, 100));
    assertThat(bodies(take(channel, 500, End.ROLLBACK))).isEqualTo(lines(100, 600));
    assertThat(bodies(take(channel, 250, End.ROLLBACK))).isEqualTo(lines(100, 350));
    assertThat(bodies(take(channel, 900, End.COMMIT))).isEqualTo(lines(100, 1_000));
  }

  @Test
  void aRestartGoesOnAtTheLastCommit() {
    broker.createTopic(topic, 1);
    KafkaChannel channel = started();
    put(channel, lines(0, 100));
    take(channel, 30, End.COMMIT);
    take(channel, 30, End.ROLLBACK);

    channel.stop();
    channel.stop();
    assertThatThrownBy(channel::getTransaction).isInstanceOf(ChannelException.class);
    channel.start();

    put(channel, lines(100, 110));
    assertThat(bodies(take(channel, 80, End.COMMIT))).isEqualTo(lines(30, 110));
  }

  /** Into partition 0, as somebody else's program would. */
  private void putForeign(@Nullable String value) throws Exception {
    try (Producer<byte[], byte[]> foreign =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] bytes = value == null ? null : value.getBytes(UTF_8);
      foreign.send(new ProducerRecord<>(topic, 0, "k".getBytes(UTF_8), bytes)).get();
    }
  }

  @Test
  void aRecordThatIsNoEventStopsTheTakerAfterWhatIsBeforeIt() throws Exception {
    broker.createTopic(topic, 1);
    KafkaChannel channel = started();
    put(channel, lines(0, 2));
    putForeign("no event");
    put(channel, lines(2, 4));

    Transaction transaction = channel.getTransaction();
    transaction.begin();
    assertThat(bodies(takeOpen(channel, 2))).isEqualTo(lines(0, 2));
    assertThat(channel.take()).as("the record that is no event").isNull();
    transaction.commit();
    transaction.close();
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> take(channel, 1, End.COMMIT))
          .isInstanceOf(ChannelException.class)
          .hasMessageContaining(topic + "-0@2 is no Flume event")
          .hasMessageContaining("deadletter.topic")
          .hasMessageContaining("--to-offset 3");
    }
  }

  @ParameterizedTest
  @EnumSource(Guarantee.class)
  void recordsThatAreNoEventsBecomeDeadLetters(Guarantee guarantee) throws Exception {
    topic += guarantee;
    broker.createTopic(topic, 1);
    broker.createTopic(topic + "-dead", 1);
    KafkaChannel channel =
        started(
            "deadletter.topic",
            topic + "-dead",
            "delivery.guarantee",
            guarantee.toString(),
            "kafka.transactional.id",
            topic,
            "ledger.topic",
            "KafkaChannelIT-ledger");
    put(channel, lines(0, 2));
    putForeign("no event");
    putForeign(null);
    put(channel, lines(2, 4));

    assertThat(bodies(take(channel, 4, End.COMMIT))).isEqualTo(lines(0, 4));

    assertThat(TopicDump.of(broker, topic + "-dead"))
        .extracting(TopicDump.Row::key, TopicDump.Row::value)
        .containsExactly(tuple("k", "no event"), tuple("k", ""));
    assertThat(letterHeaders(0))
        .containsEntry("flafka.topic", topic)
        .containsEntry("flafka.partition", "0")
        .hasEntrySatisfying("flafka.cause", cause -> assertThat(cause).contains("length"));
    assertThat(letterHeaders(1)).containsEntry("flafka.cause", "it has no value");
  }

  private Map<String, String> letterHeaders(int number) {
    Map<String, String> headers = new HashMap<>();
    TopicDump.records(broker, topic + "-dead")
        .get(number)
        .headers()
        .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    return headers;
  }

  @Test
  void twoTakersThatComeAndGoLoseNothing() throws Exception {
    broker.createTopic(topic, 4);
    KafkaChannel first = started("kafka.pollTimeout", "100");
    KafkaChannel second = configured("kafka.pollTimeout", "100");
    Set<String> expected = new TreeSet<>(lines(0, 8_000));
    Set<String> taken = new ConcurrentSkipListSet<>();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> one = threads.submit(() -> takeInto(taken, first, expected));
      for (int batch = 0; batch < 40; batch++) {
        put(first, lines(batch * 200, batch * 200 + 200));
        if (batch == 15) {
          second.start();
          threads.execute(() -> takeInto(taken, second, expected));
        }
      }
      one.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
      assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(taken).isEqualTo(expected);
  }

  /** As a sink does: what is committed counts, what failed is rolled back and taken again. */
  private static void takeInto(Set<String> taken, KafkaChannel channel, Set<String> expected) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (taken.size() < expected.size()
        && System.nanoTime() < end
        && !Thread.currentThread().isInterrupted()) {
      Transaction transaction = channel.getTransaction();
      transaction.begin();
      try {
        List<Event> events = new ArrayList<>();
        Event event = channel.take();
        while (event != null && events.size() < 130) {
          events.add(event);
          event = channel.take();
        }
        if (event != null) {
          events.add(event);
        }
        transaction.commit();
        taken.addAll(bodies(events));
      } catch (ChannelException e) {
        transaction.rollback();
      } finally {
        transaction.close();
      }
    }
  }

  @Test
  void aTransactionWhosePartitionIsGivenAwayCantBeCommitted() throws Exception {
    broker.createTopic(topic, 1);
    KafkaChannel slow =
        started("kafka.consumer.max.poll.interval.ms", "1000", "kafka.pollTimeout", "100");
    KafkaChannel quick = started();
    put(slow, lines(0, 10));

    Transaction transaction = slow.getTransaction();
    transaction.begin();
    assertThat(bodies(takeOpen(slow, 10))).isEqualTo(lines(0, 10));
    // Only once the slow one is out does the quick one get anything.
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      List<Event> events = thread.submit(() -> take(quick, 10, End.COMMIT)).get();
      assertThat(bodies(events)).isEqualTo(lines(0, 10));
    } finally {
      thread.shutdown();
    }
    assertThatThrownBy(transaction::commit)
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("taken again");
    transaction.rollback();
    transaction.close();

    quick.stop();
    put(slow, lines(10, 20));
    assertThat(bodies(take(slow, 10, End.COMMIT))).isEqualTo(lines(10, 20));
  }

  @Test
  void aBrokerKilledInMidPutLosesNothing() throws Exception {
    broker.createTopic(topic, 2);
    KafkaChannel channel =
        started(
            "kafka.producer.delivery.timeout.ms", "3000",
            "kafka.producer.request.timeout.ms", "1000",
            "kafka.producer.max.block.ms", "2000");
    put(channel, lines(0, 100));
    ExecutorService source = Executors.newSingleThreadExecutor();
    try {
      Future<?> putting =
          source.submit(
              () -> {
                for (int batch = 1; batch < 200; batch++) {
                  putUntilAccepted(channel, lines(batch * 100, batch * 100 + 100));
                }
              });
      broker.kill();
      assertThatThrownBy(() -> putting.get(5, TimeUnit.SECONDS))
          .as("the source is held up")
          .isInstanceOf(java.util.concurrent.TimeoutException.class);
      broker.restart();
      putting.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } finally {
      source.shutdownNow();
    }

    Set<String> expected = new TreeSet<>(lines(0, 20_000));
    Set<String> taken = new TreeSet<>();
    takeInto(taken, channel, expected);
    assertThat(taken).isEqualTo(expected);
  }

  @Test
  void aTopicThatIsNotThereIsNamedAtTheStart() {
    KafkaChannel channel = configured();

    assertThatThrownBy(channel::start)
        .isInstanceOf(FlumeException.class)
        .hasMessageContaining("kafka.topic = " + topic)
        .hasMessageContaining("create topic " + topic);

    broker.createTopic(topic, 1);
    channel.start();
    put(channel, lines(0, 1));
    assertThat(bodies(take(channel, 1, End.COMMIT))).isEqualTo(lines(0, 1));
  }

  @Test
  void createsItsTopicIfItIsToldTo() {
    KafkaChannel channel = started("topic.create", "true", "topic.partitions", "3");
    put(channel, lines(0, 10));

    assertThat(bodies(take(channel, 10, End.COMMIT)))
        .containsExactlyInAnyOrderElementsOf(lines(0, 10));
  }

  @Test
  void aTopicThatCanNotBeCreatedStopsTheStartUntilItCan() {
    KafkaChannel channel = configured("topic.create", "true", "topic.config.retention.msec", "-1");
    assertThatThrownBy(channel::start)
        .isInstanceOf(FlumeException.class)
        .hasMessageContaining("topic.config.retention.msec = -1");

    channel.configure(
        new Context(
            Map.of(
                "kafka.bootstrap.servers",
                broker.bootstrapServers(),
                "kafka.topic",
                topic,
                "topic.create",
                "true")));
    channel.start();
    put(channel, lines(0, 1));
  }

  @Test
  void aClusterThatIsNotThereIsNamedAtTheStart() {
    KafkaChannel channel = configured("kafka.bootstrap.servers", "127.0.0.1:1");

    assertThatThrownBy(channel::start)
        .isInstanceOf(FlumeException.class)
        .hasMessageContaining("kafka.bootstrap.servers = 127.0.0.1:1");
    channel.stop();
  }

  @Test
  void whatCantBePutIsRefusedBeforeItsNeighboursAreSent() {
    broker.createTopic(topic, 1);
    KafkaChannel channel =
        started("partitionIdHeader", "p", "kafka.producer.max.request.size", "2000");

    for (Event bad :
        List.of(
            EventBuilder.withBody("line", UTF_8, Map.of("p", "7")),
            EventBuilder.withBody("line", UTF_8, Map.of("p", "-7")),
            EventBuilder.withBody(new byte[3_000]))) {
      Transaction transaction = channel.getTransaction();
      transaction.begin();
      channel.put(EventBuilder.withBody("neighbour", UTF_8));
      assertThatThrownBy(() -> channel.put(bad)).isInstanceOf(ChannelException.class);
      transaction.rollback();
      transaction.close();
    }
    put(channel, List.of("good"));

    assertThat(bodies(take(channel, 1, End.COMMIT))).containsExactly("good");
  }

  @Test
  void partitionsThatAreAddedAreUsed() throws Exception {
    broker.createTopic(topic, 1);
    KafkaChannel channel =
        started(
            "partitionIdHeader", "p",
            "kafka.producer.metadata.max.age.ms", "500",
            "kafka.consumer.metadata.max.age.ms", "500");
    put(channel, List.of("before"));
    assertThat(bodies(take(channel, 1, End.COMMIT))).containsExactly("before");

    try (Admin admin = broker.admin()) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2))).all().get();
    }
    Event event = EventBuilder.withBody("after", UTF_8, Map.of("p", "1"));
    Await.until(
        "it is put",
        LIMIT,
        () -> {
          Lines.put(channel, List.of(event));
          return true;
        });

    assertThat(bodies(take(channel, 1, End.COMMIT))).containsExactly("after");
    assertThat(TopicDump.of(broker, topic)).extracting(TopicDump.Row::partition).contains(1);
  }

  @Test
  void whatCantBePutBecomesADeadLetter() {
    broker.createTopic(topic, 1);
    broker.createTopic(topic + "-dead", 1);
    KafkaChannel channel =
        started(
            "deadletter.topic",
            topic + "-dead",
            "partitionIdHeader",
            "p",
            "parseAsFlumeEvent",
            "false",
            "kafka.producer.max.request.size",
            "2000");
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    channel.put(EventBuilder.withBody("before", UTF_8));
    channel.put(EventBuilder.withBody("no such partition", UTF_8, Map.of("p", "7", "key", "k")));
    channel.put(EventBuilder.withBody("x".repeat(3_000), UTF_8));
    channel.put(EventBuilder.withBody("after", UTF_8));
    transaction.commit();
    transaction.close();

    assertThat(bodies(take(channel, 2, End.COMMIT))).containsExactly("before", "after");
    assertThat(TopicDump.of(broker, topic + "-dead"))
        .extracting(TopicDump.Row::key, TopicDump.Row::value)
        .containsExactly(tuple("k", "no such partition"), tuple("", "x".repeat(3_000)));
    assertThat(letterHeaders(0))
        .containsEntry("p", "7")
        .containsEntry("flafka.topic", topic)
        .hasEntrySatisfying("flafka.cause", cause -> assertThat(cause).contains("partition 7"));
    assertThat(letterHeaders(1))
        .hasEntrySatisfying("flafka.cause", cause -> assertThat(cause).contains("max.request"));
  }

  @Test
  void aDeadLetterThatCantBeKeptStopsIt() {
    broker.createTopic(topic, 1);
    broker.createTopic(topic + "-dead", 1, Map.of("max.message.bytes", "1000"));
    KafkaChannel channel =
        started("deadletter.topic", topic + "-dead", "kafka.producer.max.request.size", "2000");
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    assertThatThrownBy(() -> channel.put(EventBuilder.withBody(new byte[3_000])))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("takes 3")
        .hasMessageContaining("deadletter.topic = " + topic + "-dead doesn't take it")
        .hasMessageContaining("max.message.bytes");
    transaction.rollback();
    transaction.close();
  }

  @Test
  void aDeadLetterTopicThatIsNotThereIsNamedAtTheStart() {
    broker.createTopic(topic, 1);
    KafkaChannel channel = configured("deadletter.topic", "no topic");

    assertThatThrownBy(channel::start)
        .isInstanceOf(FlumeException.class)
        .hasMessageContaining("deadletter.topic = no topic can't be reached");
  }

  private static final String[] EXACTLY_ONCE = {
    "delivery.guarantee", "exactly_once",
    "parseAsFlumeEvent", "false",
    "kafka.transactional.id", "KafkaChannelIT",
    "ledger.topic", "KafkaChannelIT-ledger"
  };

  /** A line of a file; its position is its number and one. */
  private static final class Line extends SimpleEvent implements PositionedEvent {
    private final Position position;

    Line(String stream, int number) {
      setBody(String.format("line %06d", number).getBytes(UTF_8));
      position = new Position(stream, number + 1);
    }

    @Override
    public Position position() {
      return position;
    }
  }

  private void putLines(KafkaChannel channel, int from, int to) {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    IntStream.range(from, to).forEach(i -> channel.put(new Line(topic, i)));
    transaction.commit();
    transaction.close();
  }

  @Test
  void whatIsPutAgainIsIgnoredAfterARestartToo() {
    broker.createTopic(topic, 1);
    KafkaChannel channel = started(EXACTLY_ONCE);
    assertThat(channel.keepsPositions()).isTrue();
    assertThat(channel.committed(topic)).isEmpty();
    putLines(channel, 0, 10);
    putLines(channel, 5, 15);
    channel.stop();
    channel.start();
    assertThat(channel.committed(topic)).hasValue(15);
    putLines(channel, 0, 20);

    assertThat(bodies(take(channel, 20, End.COMMIT))).isEqualTo(lines(0, 20));
    assertThat(broker.bytesOnDisk("KafkaChannelIT-ledger")).isPositive();
  }

  @Test
  void eventsWithoutPositionsArePutAllTheSame() {
    broker.createTopic(topic, 1);
    KafkaChannel channel = started(EXACTLY_ONCE);
    put(channel, lines(0, 5));
    put(channel, lines(0, 5));

    assertThat(bodies(take(channel, 10, End.COMMIT))).hasSize(10);
  }

  @Test
  void onlyAnExactlyOnceChannelEnlistsParticipants() {
    broker.createTopic(topic, 1);
    KafkaChannel channel = started();

    assertThat(channel.keepsPositions()).isFalse();
    assertThatThrownBy(() -> channel.enlist(new NoParticipant()))
        .isInstanceOf(FlumeException.class)
        .hasMessageContaining("delivery.guarantee = exactly_once");
  }

  /** Never gets to do anything. */
  private static final class NoParticipant implements Participant {
    @Override
    public Map<String, Long> recover(
        Set<String> streams, Map<String, LastCommit> commits, Runnable confirm) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String prepare(Map<String, Span> taken) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void publish() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void discard() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void aRollbackReplaysUnderTheConsumerProtocolToo() {
    broker.createTopic(topic, 1);
    KafkaChannel channel = started("kafka.consumer.group.protocol", "consumer");
    put(channel, lines(0, 100));

    assertThat(bodies(take(channel, 60, End.ROLLBACK))).isEqualTo(lines(0, 60));
    assertThat(bodies(take(channel, 100, End.COMMIT))).isEqualTo(lines(0, 100));
  }

  @Test
  void anEventBringsItsOriginIfAskedFor() {
    broker.createTopic(topic, 1);
    KafkaChannel channel = started("kafka.origin.headers", "true");
    put(channel, lines(0, 2));

    assertThat(take(channel, 2, End.COMMIT).get(1).getHeaders())
        .containsEntry("topic", topic)
        .containsEntry("partition", "0")
        .containsEntry("offset", "1")
        .containsKey("timestamp");
  }

  @Test
  void itsCountersCanBeSeen() throws Exception {
    broker.createTopic(topic, 1);
    KafkaChannel channel = started();
    put(channel, lines(0, 3));
    take(channel, 2, End.COMMIT);

    ObjectName name = new ObjectName("org.apache.flume.channel:type=" + channel.getName());
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    assertThat(server.getAttribute(name, "LagByPartition")).asString().startsWith(topic + "-0=");
    assertThat(server.getAttribute(name, "DeadLetterCount")).isEqualTo(0L);
    assertThat(server.getAttribute(name, "EventTakeSuccessCount")).isEqualTo(2L);
    assertThat(server.getAttribute(name, "KafkaEventGetTimer")).isInstanceOf(Long.class);
  }

  @Test
  void configuringARunningChannelOnlyStores() {
    broker.createTopic(topic, 1);
    KafkaChannel channel = started();

    channel.configure(
        new Context(Map.of("kafka.bootstrap.servers", "127.0.0.1:1", "kafka.topic", "other")));

    put(channel, lines(0, 5));
    assertThat(bodies(take(channel, 5, End.COMMIT))).isEqualTo(lines(0, 5));
  }

  @Test
  void theThreadsContextClassLoaderIsLeftAlone() {
    broker.createTopic(topic, 1);
    ClassLoader application = new ClassLoader("application", null) {};
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(application);
    try {
      KafkaChannel channel =
          started(
              "kafka.producer.partitioner.class",
              "org.apache.kafka.clients.producer.RoundRobinPartitioner");
      put(channel, lines(0, 1));
      take(channel, 1, End.COMMIT);

      assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(application);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }
}
