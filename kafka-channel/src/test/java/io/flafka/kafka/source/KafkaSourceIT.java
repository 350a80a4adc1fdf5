package io.flafka.kafka.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.delivery.PositionLedger;
import io.flafka.kafka.channel.KafkaChannel;
import io.flafka.testbed.Broker;
import io.flafka.testbed.TestbedExtension;
import io.flafka.testbed.TopicDump;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.flume.Channel;
import org.apache.flume.ChannelException;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.PollableSource.Status;
import org.apache.flume.Transaction;
import org.apache.flume.channel.AbstractChannel;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.channel.ReplicatingChannelSelector;
import org.apache.flume.event.EventBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The source on a real broker, in front of Flume's memory channel or of our own. */
@ExtendWith(TestbedExtension.class)
@Timeout(120)
class KafkaSourceIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Broker broker;
  private final List<KafkaSource> sources = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();
  private String topic = "";

  KafkaSourceIT(Broker broker) {
    this.broker = broker;
  }

  @BeforeEach
  void createTheTopic(TestInfo test) {
    topic = test.getTestMethod().orElseThrow().getName();
    broker.createTopic(topic, 2, Map.of("retention.ms", "-1"));
  }

  @AfterEach
  void stop() {
    sources.forEach(KafkaSource::stop);
    channels.forEach(Channel::stop);
  }

  private KafkaSource started(List<Channel> into, String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap.servers", broker.bootstrapServers());
    values.put("kafka.topics", topic);
    values.put("kafka.consumer.group.id", topic);
    values.put("kafka.consumer.auto.offset.reset", "earliest");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    ReplicatingChannelSelector selector = new ReplicatingChannelSelector();
    selector.setChannels(into);
    selector.configure(new Context());
    ChannelProcessor processor = new ChannelProcessor(selector);
    processor.configure(new Context());
    KafkaSource source = new KafkaSource();
    source.setName("r" + sources.size());
    source.configure(new Context(values));
    source.setChannelProcessor(processor);
    source.start();
    sources.add(source);
    return source;
  }

  private MemoryChannel memory(int capacity) {
    MemoryChannel channel = new MemoryChannel();
    channel.setName("c" + channels.size());
    String size = Integer.toString(capacity);
    channel.configure(
        new Context(Map.of("capacity", size, "transactionCapacity", size, "keep-alive", "0")));
    channel.start();
    channels.add(channel);
    return channel;
  }

  /** Where the events go to, each once. */
  private KafkaChannel exactlyOnce() {
    KafkaChannel channel = new KafkaChannel();
    channel.setName("c" + channels.size());
    channel.configure(
        new Context(
            Map.of(
                "kafka.bootstrap.servers",
                broker.bootstrapServers(),
                "kafka.topic",
                topic + "-copy",
                "parseAsFlumeEvent",
                "false",
                "delivery.guarantee",
                "exactly_once",
                "kafka.transactional.id",
                topic,
                "ledger.topic",
                "KafkaSourceIT-ledger")));
    channel.start();
    channels.add(channel);
    return channel;
  }

  private List<String> copied() {
    return TopicDump.of(broker, topic + "-copy").stream().map(TopicDump.Row::value).toList();
  }

  @SafeVarargs
  private void produce(ProducerRecord<byte[], byte[]>... records) throws Exception {
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (ProducerRecord<byte[], byte[]> record : records) {
        producer.send(record).get();
      }
    }
  }

  private ProducerRecord<byte[], byte[]> record(@Nullable String value) {
    return new ProducerRecord<>(topic, 0, null, value == null ? null : value.getBytes(UTF_8));
  }

  /** Lines of the numbers, all in partition 0. */
  private void produceLines(int from, int to) throws Exception {
    @SuppressWarnings({"unchecked", "rawtypes"})
    ProducerRecord<byte[], byte[]>[] records =
        lines(from, to).map(this::record).toArray(ProducerRecord[]::new);
    produce(records);
  }

  private static Stream<String> lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> String.format("line %03d", i));
  }

  /** Runs the source until a memory channel has so many events, and takes them. */
  private static List<Event> events(KafkaSource source, MemoryChannel channel, int count)
      throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    List<Event> events = new ArrayList<>();
    while (events.size() < count && System.nanoTime() < end) {
      source.process();
      events.addAll(takeAll(channel));
    }
    return events;
  }

  private static List<Event> takeAll(MemoryChannel channel) {
    List<Event> events = new ArrayList<>();
    for (Event event = take(channel); event != null; event = take(channel)) {
      events.add(event);
    }
    return events;
  }

  private static @Nullable Event take(MemoryChannel channel) {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    Event event = channel.take();
    transaction.commit();
    transaction.close();
    return event;
  }

  private static Stream<String> bodies(List<Event> events) {
    return events.stream().map(event -> new String(event.getBody(), UTF_8));
  }

  /** How far the group is; -1 if it has begun nothing. */
  private long committedOffset() throws Exception {
    OffsetAndMetadata committed = committed();
    return committed == null ? -1 : committed.offset();
  }

  private @Nullable OffsetAndMetadata committed() throws Exception {
    try (Admin admin = broker.admin()) {
      return admin
          .listConsumerGroupOffsets(topic)
          .partitionsToOffsetAndMetadata()
          .get()
          .get(new TopicPartition(topic, 0));
    }
  }

  @Test
  void eventsBringTheirRecordsHeaders() throws Exception {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, 1, 1379285993000L, "k1".getBytes(UTF_8), "one".getBytes(UTF_8));
    record.headers().add("h", "web1".getBytes(UTF_8));
    produce(record, new ProducerRecord<>(topic, 1, 1379285994000L, null, null, List.of()));
    MemoryChannel channel = memory(100);

    List<Event> events = events(started(List.of(channel), "header.host", "h"), channel, 2);

    assertThat(bodies(events)).containsExactly("one", "");
    assertThat(events)
        .extracting(Event::getHeaders)
        .containsExactly(
            Map.of(
                "topic", topic,
                "partition", "1",
                "offset", "0",
                "timestamp", "1379285993000",
                "key", "k1",
                "host", "web1"),
            Map.of("topic", topic, "partition", "1", "offset", "1", "timestamp", "1379285994000"));
  }

  @Test
  void aBatchIsPutAtOnceAndThenCommitted() throws Exception {
    produceLines(0, 10);
    MemoryChannel channel = memory(4);
    KafkaSource source = started(List.of(channel), "batchSize", "4");

    assertThat(bodies(events(source, channel, 4))).containsExactlyElementsOf(lines(0, 4).toList());
    assertThat(committedOffset()).isEqualTo(4);
    assertThat(bodies(events(source, channel, 6))).containsExactlyElementsOf(lines(4, 10).toList());
    assertThat(committedOffset()).isEqualTo(10);
  }

  @Test
  void whatTheChannelRefusesComesAgainInOrder() throws Exception {
    produceLines(0, 8);
    MemoryChannel channel = memory(5);
    KafkaSource source = started(List.of(channel), "batchSize", "5");
    Event stranger = EventBuilder.withBody("stranger", UTF_8);
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    channel.put(stranger);
    transaction.commit();
    transaction.close();

    long end = System.nanoTime() + LIMIT.toNanos();
    while (source.process() != Status.BACKOFF) {
      assertThat(System.nanoTime()).as("the channel is full, but nothing fails").isLessThan(end);
    }
    assertThat(committedOffset()).isZero();
    assertThat(takeAll(channel)).containsExactly(stranger);

    assertThat(bodies(events(source, channel, 8))).containsExactlyElementsOf(lines(0, 8).toList());
  }

  @Test
  void anEmptyPollAsksForNoSleep() throws Exception {
    KafkaSource source = started(List.of(memory(1)));

    assertThat(source.process()).isEqualTo(Status.READY);
  }

  private static final String[] LATEST = {
    "kafka.consumer.auto.offset.reset", "latest", "kafka.consumer.metadata.max.age.ms", "1000"
  };

  @Test
  void aNewGroupBeginsAtTheEndIfToldTo() throws Exception {
    produceLines(0, 3);
    MemoryChannel channel = memory(100);
    KafkaSource source = started(List.of(channel), LATEST);
    processUntilCommitted(source, 3);

    produceLines(3, 5);

    assertThat(bodies(events(source, channel, 2))).containsExactlyElementsOf(lines(3, 5).toList());
  }

  @Test
  void whatComesWhileNoAgentRunsIsRead() throws Exception {
    KafkaSource source = started(List.of(memory(100)), LATEST);
    processUntilCommitted(source, 0);
    source.stop();
    produceLines(0, 2);

    MemoryChannel channel = memory(100);
    assertThat(bodies(events(started(List.of(channel), LATEST), channel, 2)))
        .containsExactlyElementsOf(lines(0, 2).toList());
  }

  @Test
  void partitionsThatAreAddedAreReadFromTheirFirstRecord() throws Exception {
    produceLines(0, 3);
    MemoryChannel channel = memory(100);
    KafkaSource source = started(List.of(channel), LATEST);
    processUntilCommitted(source, 3);

    try (Admin admin = broker.admin()) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
    }
    produce(new ProducerRecord<>(topic, 2, null, "first of its partition".getBytes(UTF_8)));

    assertThat(bodies(events(source, channel, 1))).containsExactly("first of its partition");
  }

  @Test
  void readsTopicsThatMatch() throws Exception {
    broker.createTopic(topic + "-b", 1);
    produce(record("one"), new ProducerRecord<>(topic + "-b", "two".getBytes(UTF_8)));
    MemoryChannel channel = memory(100);

    KafkaSource source = started(List.of(channel), "kafka.topics.regex", topic + ".*");

    assertThat(bodies(events(source, channel, 2))).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void everyChannelGetsEveryEvent() throws Exception {
    produceLines(0, 3);
    MemoryChannel one = memory(100);
    MemoryChannel other = memory(100);

    List<Event> events = events(started(List.of(one, other)), one, 3);

    assertThat(takeAll(other)).containsExactlyElementsOf(events);
  }

  @Test
  void aPartitionThatMovesToAnotherMemberIsPutFirst() throws Exception {
    produceLines(0, 6);
    MemoryChannel one = memory(100);
    KafkaSource first = started(List.of(one), "batchSize", "3");
    List<String> seen = new ArrayList<>(bodies(events(first, one, 3)).toList());
    first.stop();
    MemoryChannel other = memory(100);

    KafkaSource second = started(List.of(other), "batchSize", "3");
    seen.addAll(bodies(events(second, other, 3)).toList());

    assertThat(seen).containsExactlyElementsOf(lines(0, 6).toList());
  }

  @Test
  void aRecordThatIsNoEventStopsItAfterWhatIsBeforeIt() throws Exception {
    produce(record("no event"));
    MemoryChannel channel = memory(100);
    KafkaSource source = started(List.of(channel), "useFlumeEventFormat", "true");

    long end = System.nanoTime() + LIMIT.toNanos();
    while (source.process() != Status.BACKOFF) {
      assertThat(System.nanoTime()).as("nothing fails").isLessThan(end);
    }
    assertThat(takeAll(channel)).isEmpty();
    assertThat(committedOffset()).isZero();
  }

  @Test
  void recordsThatAreNoEventsBecomeDeadLetters() throws Exception {
    broker.createTopic(topic + "-dead", 1);
    produce(record("no event"), record("\0\4ok"));
    MemoryChannel channel = memory(100);
    KafkaSource source =
        started(
            List.of(channel), "useFlumeEventFormat", "true", "deadletter.topic", topic + "-dead");

    assertThat(bodies(events(source, channel, 1))).containsExactly("ok");

    assertThat(TopicDump.of(broker, topic + "-dead"))
        .extracting(TopicDump.Row::value)
        .containsExactly("no event");
    assertThat(committedOffset()).isEqualTo(2);
    ObjectName name = new ObjectName("org.apache.flume.source:type=" + source.getName());
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    assertThat(server.getAttribute(name, "DeadLetterCount")).isEqualTo(1L);
    assertThat(server.getAttribute(name, "LagByPartition"))
        .isEqualTo(topic + "-0=0, " + topic + "-1=0");
  }

  /** A channel whose commits go through, but look as if they had failed, as often as told. */
  private static final class Forgetful extends AbstractChannel implements PositionLedger {
    private final KafkaChannel channel;
    private int lostAnswers;

    Forgetful(KafkaChannel channel, int lostAnswers) {
      this.channel = channel;
      this.lostAnswers = lostAnswers;
    }

    @Override
    public void put(Event event) {
      channel.put(event);
    }

    @Override
    public Event take() {
      return channel.take();
    }

    @Override
    public Transaction getTransaction() {
      Transaction transaction = channel.getTransaction();
      return new Transaction() {
        @Override
        public void begin() {
          transaction.begin();
        }

        @Override
        public void commit() {
          transaction.commit();
          if (lostAnswers > 0) {
            lostAnswers--;
            throw new ChannelException("The answer to the commit is lost");
          }
        }

        @Override
        public void rollback() {}

        @Override
        public void close() {
          transaction.close();
        }
      };
    }

    @Override
    public boolean keepsPositions() {
      return channel.keepsPositions();
    }

    @Override
    public OptionalLong committed(String stream) {
      return channel.committed(stream);
    }

    @Override
    public void forget(String stream) {
      channel.forget(stream);
    }
  }

  private void processUntilCommitted(KafkaSource source, long offset) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (committedOffset() < offset) {
      assertThat(System.nanoTime()).as("nothing is committed").isLessThan(end);
      source.process();
    }
  }

  @Test
  void exactlyOnceWhatTheChannelHasAlreadyIsNotPutAgain() throws Exception {
    broker.createTopic(topic + "-copy", 1);
    produceLines(0, 10);
    KafkaSource source = started(List.of(new Forgetful(exactlyOnce(), 2)), "batchSize", "4");

    processUntilCommitted(source, 10);

    assertThat(copied()).containsExactlyElementsOf(lines(0, 10).toList());
  }

  @Test
  void exactlyOnceACrashBetweenTheTwoCommitsDoublesNothing() throws Exception {
    broker.createTopic(topic + "-copy", 1);
    produceLines(0, 10);
    KafkaChannel channel = exactlyOnce();
    KafkaSource crashed = started(List.of(new Forgetful(channel, 1)), "batchSize", "4");
    long end = System.nanoTime() + LIMIT.toNanos();
    while (crashed.process() != Status.BACKOFF) {
      assertThat(System.nanoTime()).as("nothing fails").isLessThan(end);
    }
    crashed.stop();
    channel.stop();
    assertThat(copied()).containsExactlyElementsOf(lines(0, 4).toList());
    assertThat(committedOffset()).as("the group knows nothing of it").isZero();

    processUntilCommitted(started(List.of(exactlyOnce()), "batchSize", "3"), 10);

    assertThat(copied()).containsExactlyElementsOf(lines(0, 10).toList());
  }

  @Test
  void exactlyOnceWhatAnOperatorWantsAgainComesAgain() throws Exception {
    broker.createTopic(topic + "-copy", 1);
    produceLines(0, 4);
    KafkaChannel channel = exactlyOnce();
    KafkaSource source = started(List.of(channel));
    processUntilCommitted(source, 4);
    source.stop();
    try (Admin admin = broker.admin()) {
      admin
          .alterConsumerGroupOffsets(
              topic, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(1)))
          .all()
          .get();
    }

    processUntilCommitted(started(List.of(channel)), 4);

    assertThat(copied())
        .containsExactlyElementsOf(Stream.concat(lines(0, 4), lines(1, 4)).toList());
  }

  /** Its offsets are other records' now, which the channel has not. */
  @Test
  void exactlyOnceATopicThatWasMadeAnewIsPutInFull() throws Exception {
    broker.createTopic(topic + "-copy", 1);
    produceLines(0, 6);
    KafkaSource source = started(List.of(exactlyOnce()), "kafka.offset.gap", "continue");
    processUntilCommitted(source, 6);
    try (Admin admin = broker.admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
    }
    broker.createTopic(topic, 2, Map.of("retention.ms", "-1"));
    produceLines(6, 9);

    processUntilCopied(source, 9);

    assertThat(copied()).containsExactlyElementsOf(lines(0, 9).toList());
  }

  private void processUntilCopied(KafkaSource source, int count) throws Exception {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (copied().size() < count) {
      assertThat(System.nanoTime()).as("too little is copied: %s", copied()).isLessThan(end);
      source.process();
    }
  }

  @Test
  void exactlyOnceTheGroupsOffsetsNameTheStream() throws Exception {
    broker.createTopic(topic + "-copy", 1);
    produceLines(0, 4);
    KafkaChannel channel = exactlyOnce();

    processUntilCommitted(started(List.of(channel)), 4);

    String prefix = "flafka:stream:1:";
    String note = Objects.requireNonNull(committed()).metadata();
    assertThat(note).startsWith(prefix + topic + "-0/");
    assertThat(channel.committed(note.substring(prefix.length()))).hasValue(4);
  }

  @Test
  void stoppingLeavesTheGroup() throws Exception {
    produceLines(0, 1);
    MemoryChannel channel = memory(100);
    KafkaSource source = started(List.of(channel));
    events(source, channel, 1);

    source.stop();

    try (Admin admin = broker.admin()) {
      assertThat(admin.describeConsumerGroups(Set.of(topic)).all().get().values())
          .singleElement()
          .satisfies(group -> assertThat(group.members()).isEmpty());
    }
  }
}
