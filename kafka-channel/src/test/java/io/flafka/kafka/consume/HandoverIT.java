package io.flafka.kafka.consume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.delivery.Span;
import io.flafka.kafka.client.KafkaClients;
import io.flafka.kafka.faults.Faulty;
import io.flafka.kafka.record.Payload;
import io.flafka.kafka.record.PayloadDeserializer;
import io.flafka.kafka.record.RecordEvent;
import io.flafka.kafka.record.ValueFormat;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.TestbedExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.flume.ChannelException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hop 2 of the design on a real broker, with its faults. */
@ExtendWith(TestbedExtension.class)
@Timeout(120)
class HandoverIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String ASSIGNORS = "org.apache.kafka.clients.consumer.";

  /** Restarted under the same id, a member has its place again without a rebalance. */
  private static final String[] INSTANCE = {"group.instance.id", "agent1-1"};

  private final List<Agent> agents = new ArrayList<>();
  private final Storage storage = new Storage();
  private final Broker broker;
  private String topic = "";

  HandoverIT(Broker broker) {
    this.broker = broker;
  }

  @BeforeEach
  void nameTheTopicAfterTheTest(TestInfo test) {
    topic =
        test.getTestMethod().orElseThrow().getName()
            + Integer.toHexString(test.getDisplayName().hashCode());
  }

  @AfterEach
  void closeReaders() throws Exception {
    for (Agent agent : agents) {
      agent.reader.close(Duration.ofSeconds(2));
    }
  }

  /** A channel's take side and a sink, as one thread of one agent. */
  private final class Agent {
    final Faulty<Consumer<byte[], Payload>> consumer;
    final Storage.Sink sink = storage.sink();
    final TopicReader reader;

    @SuppressWarnings("unchecked")
    Agent(Gap gap, String... settings) {
      Map<String, Object> properties = new HashMap<>();
      properties.put("bootstrap.servers", broker.bootstrapServers());
      properties.put("group.id", topic);
      properties.put("client.id", topic + "-" + agents.size());
      properties.put("auto.offset.reset", "none");
      properties.put("enable.auto.commit", "false");
      properties.put("isolation.level", "read_committed");
      properties.put("heartbeat.interval.ms", "200");
      for (int i = 0; i < settings.length; i += 2) {
        properties.put(settings[i], settings[i + 1]);
      }
      consumer =
          new Faulty<>(
              (Class<Consumer<byte[], Payload>>) (Class<?>) Consumer.class,
              KafkaClients.consumer(properties, new PayloadDeserializer(ValueFormat.RAW)));
      reader =
          new TopicReader(
              consumer.client(),
              new Subscription.Topics(List.of(topic)),
              Readers.LINES,
              new ReaderSettings(
                  Duration.ofMillis(100), new Beginning("earliest", () -> Instant.EPOCH), gap),
              Readers.UNWATCHED);
      reader.join(new ParticipantHandover(sink, TopicPartition::toString));
      agents.add(this);
    }

    Agent(String... settings) {
      this(Gap.STOP, settings);
    }

    /** Takes so many, or as many as there are within the limit. */
    int take(int count) throws InterruptedException {
      long end = System.nanoTime() + LIMIT.toNanos();
      int taken = 0;
      while (taken < count && System.nanoTime() < end) {
        taken += takeOne() ? 1 : 0;
      }
      return taken;
    }

    boolean takeOne() throws InterruptedException {
      RecordEvent event = reader.peek();
      if (event == null) {
        return false;
      }
      sink.write(new String(event.getBody(), UTF_8));
      reader.advance();
      return true;
    }

    /** As a sink does. */
    boolean commit() {
      try {
        reader.commit();
        return true;
      } catch (ChannelException e) {
        reader.rewind();
        return false;
      }
    }

    /** Takes and commits until it is told to stop. */
    void run(AtomicBoolean stop) throws InterruptedException {
      while (!stop.get()) {
        try {
          for (int i = 0; i < 37 && takeOne(); i++) {}
          reader.commit();
        } catch (ChannelException e) {
          reader.rewind();
        }
      }
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The flush waits for all.
  private void put(int from, int to) {
    try (Producer<byte[], byte[]> producer =
        KafkaClients.producer(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      lines(from, to)
          .forEach(line -> producer.send(new ProducerRecord<>(topic, line.getBytes(UTF_8))));
      producer.flush();
    }
  }

  private static List<String> lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> String.format("line %06d", i)).toList();
  }

  private TopicPartition partition(int partition) {
    return new TopicPartition(topic, partition);
  }

  private @Nullable OffsetAndMetadata committed(int partition) throws Exception {
    try (Admin admin = broker.admin()) {
      return admin
          .listConsumerGroupOffsets(topic)
          .partitionsToOffsetAndMetadata()
          .get()
          .get(partition(partition));
    }
  }

  private void reset(int partition, OffsetAndMetadata offset) throws Exception {
    try (Admin admin = broker.admin()) {
      admin.alterConsumerGroupOffsets(topic, Map.of(partition(partition), offset)).all().get();
    }
  }

  @Test
  void whatIsCommittedIsPublishedWithItsNoteInTheGroup() throws Exception {
    broker.createTopic(topic, 1);
    put(0, 300);
    Agent agent = new Agent();

    agent.take(200);
    assertThat(storage.published()).isEmpty();
    assertThat(agent.commit()).isTrue();

    assertThat(storage.published()).isEqualTo(lines(0, 200));
    assertThat(agent.sink.prepared).containsExactly(Map.of(topic + "-0", new Span(0, 200)));
    assertThat(committed(0))
        .satisfies(offset -> assertThat(offset.offset()).isEqualTo(200))
        .satisfies(offset -> assertThat(offset.metadata()).startsWith("flafka:1:hdfs://namenode/"));
  }

  @Test
  void aRollbackDiscardsAndReplaysHoweverMuchWasTaken() throws Exception {
    broker.createTopic(topic, 2);
    put(0, 20_000);
    Agent agent = new Agent();

    agent.take(15_000);
    agent.reader.rewind();
    assertThat(agent.sink.discards).isEqualTo(1);
    agent.take(20_000);
    assertThat(agent.commit()).isTrue();

    assertThat(storage.published()).containsExactlyInAnyOrderElementsOf(lines(0, 20_000));
  }

  @Test
  void aSinkThatCantPrepareCommitsNothing() throws Exception {
    broker.createTopic(topic, 1);
    put(0, 10);
    Agent agent = new Agent();
    agent.take(10);
    agent.sink.prepareFailure = new ChannelException("close failed");

    assertThat(agent.commit()).isFalse();
    assertThat(committed(0)).isNull();

    agent.take(10);
    assertThat(agent.commit()).isTrue();
    assertThat(storage.published()).isEqualTo(lines(0, 10));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RangeAssignor", "CooperativeStickyAssignor"})
  void aRebalanceInMidTransactionHandsOverCleanly(String assignor) throws Exception {
    String[] settings = {"partition.assignment.strategy", ASSIGNORS + assignor};
    broker.createTopic(topic, 4);
    put(0, 1_000);
    Agent first = new Agent(settings);
    first.take(700);

    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    Future<?> one = threads.submit(() -> running(first, stop));
    Agent second = new Agent(settings);
    Future<?> two = threads.submit(() -> running(second, stop));
    put(1_000, 3_000);
    Await.until("all is there", LIMIT, () -> storage.published().size() >= 3_000);
    Await.until("both have partitions", LIMIT, () -> !second.sink.recovered.isEmpty());
    stop.set(true);
    one.get();
    two.get();
    threads.shutdown();

    assertThat(first.sink.discards + second.sink.discards).as("discards").isZero();
    assertThat(storage.published()).containsExactlyInAnyOrderElementsOf(lines(0, 3_000));
  }

  private static @Nullable Void running(Agent agent, AtomicBoolean stop) throws Exception {
    agent.run(stop);
    agent.reader.close(Duration.ofSeconds(5)); // Or the others' rebalance waits for it.
    return null;
  }

  @ParameterizedTest
  @ValueSource(strings = {"RangeAssignor", "CooperativeStickyAssignor"})
  void aHandOverWhoseCommitFailsLosesAndDoublesNothing(String assignor) throws Exception {
    String[] settings = {"partition.assignment.strategy", ASSIGNORS + assignor};
    broker.createTopic(topic, 4);
    put(0, 1_000);
    Agent first = new Agent(settings);
    first.take(700);
    first.consumer.after(
        "commitSync",
        () -> {
          throw new TimeoutException("the answer is lost");
        });

    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    Agent second = new Agent(settings);
    Future<?> two = threads.submit(() -> running(second, stop));
    Future<?> one =
        threads.submit(
            () -> {
              Await.until("handed over", LIMIT, () -> !first.takeOne() || hasPrepared(first));
              return running(first, stop);
            });
    Await.until("all is there", LIMIT, () -> storage.published().size() >= 1_000);
    stop.set(true);
    one.get();
    two.get();
    threads.shutdown();

    assertThat(storage.published()).containsExactlyInAnyOrderElementsOf(lines(0, 1_000));
    assertThat(storage.staged()).isEmpty();
  }

  private static boolean hasPrepared(Agent agent) {
    return !agent.sink.prepared.isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCommitWhoseAnswerIsLostIsPublished(boolean isStatic) throws Exception {
    broker.createTopic(topic, 2);
    put(0, 100);
    Agent agent = isStatic ? new Agent(INSTANCE) : new Agent();
    agent.take(60);
    agent.consumer.after(
        "commitSync",
        () -> {
          throw new TimeoutException("the answer is lost");
        });

    assertThat(agent.commit()).isFalse();
    assertThat(agent.sink.discards).as("nothing is discarded while it is unknown").isZero();
    agent.take(40);
    assertThat(agent.commit()).isTrue();

    assertThat(storage.published()).containsExactlyInAnyOrderElementsOf(lines(0, 100));
    assertThat(agent.sink.discards).isZero();
  }

  @Test
  void aCommitThatNeverArrivedIsDiscarded() throws Exception {
    broker.createTopic(topic, 2);
    put(0, 100);
    Agent agent = new Agent();
    agent.take(60);
    agent.consumer.before(
        "commitSync",
        () -> {
          throw new TimeoutException("the request is lost");
        });

    assertThat(agent.commit()).isFalse();
    agent.take(100);
    assertThat(agent.commit()).isTrue();

    assertThat(storage.published()).containsExactlyInAnyOrderElementsOf(lines(0, 100));
    assertThat(agent.sink.discards).isEqualTo(1);
    assertThat(storage.staged()).isEmpty();
  }

  @Test
  void anOutcomeThatCantBeReadKeepsTheFilesAndTakesNothing() throws Exception {
    broker.createTopic(topic, 1);
    put(0, 100);
    Agent agent = new Agent();
    agent.take(60);
    agent.consumer.after(
        "commitSync",
        () -> {
          throw new TimeoutException("the answer is lost");
        });
    agent.consumer.before(
        "committed",
        () -> {
          throw new TimeoutException("the coordinator is away");
        });

    assertThat(agent.commit()).isFalse();
    assertThatThrownBy(() -> agent.take(1))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("nothing is taken before they can");
    agent.reader.rewind();
    assertThat(agent.sink.discards).isZero();
    assertThat(storage.staged()).hasSize(1);

    agent.take(40);
    agent.commit();
    assertThat(storage.published()).isEqualTo(lines(0, 100));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCommitThatComesLateIsRefusedOnceItsOutcomeWasRead(boolean isStatic) throws Exception {
    broker.createTopic(topic, 1);
    put(0, 10);
    Agent agent = isStatic ? new Agent(INSTANCE) : new Agent();
    agent.take(10);
    ConsumerGroupMetadata old = agent.consumer.sound().groupMetadata();
    agent.consumer.before(
        "commitSync",
        () -> {
          throw new TimeoutException("the request is slow");
        });
    assertThat(agent.commit()).isFalse();
    agent.take(5); // By now it was found out that nothing is committed.

    try (Producer<byte[], byte[]> late =
        KafkaClients.producer(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", topic))) {
      late.initTransactions();
      late.beginTransaction();
      assertThatThrownBy(
              () -> {
                late.sendOffsetsToTransaction(
                    Map.of(partition(0), new OffsetAndMetadata(10, "late")), old);
                late.commitTransaction();
              })
          .isInstanceOf(KafkaException.class);
    }
    agent.take(5);
    agent.commit();

    assertThat(storage.published()).isEqualTo(lines(0, 10));
  }

  @Test
  void aCrashBetweenCommitAndPublishIsFinishedByTheNextOwner() throws Exception {
    broker.createTopic(topic, 1);
    put(0, 100);
    Agent crashed = new Agent();
    crashed.take(60);
    crashed.sink.publishFailures = Integer.MAX_VALUE;
    assertThat(crashed.commit()).as("committed all the same").isTrue();
    assertThat(storage.published()).isEmpty();
    crashed.reader.close(Duration.ofSeconds(2));

    Agent next = new Agent();
    next.takeOne();
    Await.until(
        "the next owner recovers", LIMIT, () -> next.takeOne() || !next.sink.recovered.isEmpty());
    assertThat(storage.published()).as("before its first event").startsWith(lines(0, 60).get(0));
    next.reader.rewind();
    next.take(40);
    next.commit();

    assertThat(storage.published()).isEqualTo(lines(0, 100));
  }

  @Test
  void nothingIsTakenBeforeWhatIsCommittedIsPublished() throws Exception {
    broker.createTopic(topic, 1);
    put(0, 100);
    Agent agent = new Agent();
    agent.take(60);
    agent.sink.publishFailures = 2;
    assertThat(agent.commit()).isTrue();

    assertThatThrownBy(() -> agent.take(1)).hasMessageContaining("The storage is down");
    agent.reader.rewind();
    assertThat(agent.sink.discards).as("what is committed is not discarded").isZero();
    agent.take(40);
    agent.commit();

    assertThat(storage.published()).isEqualTo(lines(0, 100));
  }

  @Test
  void nothingIsTakenBeforeItsPartitionIsRecovered() throws Exception {
    broker.createTopic(topic, 1);
    put(0, 10);
    Agent agent = new Agent();
    agent.sink.recoverFailures = 2;

    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> agent.take(1)).hasMessageContaining("The storage is down");
      agent.reader.rewind();
    }
    agent.take(10);
    agent.commit();

    assertThat(storage.published()).isEqualTo(lines(0, 10));
  }

  @Test
  void aMemberThatWasTooSlowDiscardsAndReplays() throws Exception {
    broker.createTopic(topic, 1);
    put(0, 100);
    Agent slow = new Agent("max.poll.interval.ms", "800", "session.timeout.ms", "6000");
    slow.take(60);
    Agent quick = new Agent();
    assertThat(quick.take(100)).isEqualTo(100); // Once the slow one is out.
    assertThat(quick.commit()).isTrue();

    assertThat(slow.commit()).as("a zombie's commit").isFalse();
    quick.reader.close(Duration.ofSeconds(2));
    put(100, 120);
    slow.take(20);
    assertThat(slow.commit()).isTrue();

    assertThat(storage.published()).isEqualTo(lines(0, 120));
    assertThat(storage.staged()).isEmpty();
  }

  /** Within the session time-out of the first, which lives on: a zombie. */
  @Test
  void aStaticMemberTakesItsPredecessorsPlaceAtOnceAndForGood() throws Exception {
    broker.createTopic(topic, 2);
    put(0, 100);
    Agent zombie = new Agent(INSTANCE);
    assertThat(zombie.take(40)).isEqualTo(40);
    assertThat(zombie.commit()).isTrue();
    assertThat(zombie.take(30)).isEqualTo(30);

    long start = System.nanoTime();
    Agent successor = new Agent(INSTANCE);
    assertThat(successor.take(60)).isEqualTo(60);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));

    assertThat(zombie.commit()).isFalse();
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThatThrownBy(() -> zombie.take(1)).hasMessageStartingWith("Fenced: ");
      zombie.reader.rewind();
    }
    assertThat(successor.commit()).isTrue();
    put(100, 120);
    assertThat(successor.take(20)).isEqualTo(20);
    assertThat(successor.commit()).isTrue();

    assertThat(storage.published()).containsExactlyInAnyOrderElementsOf(lines(0, 120));
  }

  @Test
  void aMemberThatWasTooSlowAndTakesOnDiscardsFirst() throws Exception {
    broker.createTopic(topic, 1);
    put(0, 100);
    Agent slow =
        new Agent(
            "max.poll.interval.ms", "800", "session.timeout.ms", "6000", "max.poll.records", "60");
    slow.take(60);
    Agent quick = new Agent();
    assertThat(quick.take(100)).isEqualTo(100);
    assertThat(quick.commit()).isTrue();
    quick.reader.close(Duration.ofSeconds(2));

    put(100, 120);
    slow.take(20);
    assertThat(slow.commit()).isTrue();

    assertThat(slow.sink.discards).isEqualTo(1);
    assertThat(storage.published()).isEqualTo(lines(0, 120));
  }

  @Test
  @SuppressWarnings("FutureReturnValueIgnored") // The commit waits for all.
  void gapsBetweenOffsetsAreNoEvents() throws Exception {
    broker.createTopic(topic, 1);
    try (Producer<byte[], byte[]> producer =
        KafkaClients.producer(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", topic))) {
      producer.initTransactions();
      for (int batch = 0; batch < 30; batch++) {
        producer.beginTransaction();
        String state = batch % 3 == 2 ? "aborted" : "line";
        for (int i = 0; i < 10; i++) {
          producer.send(new ProducerRecord<>(topic, (state + batch + "." + i).getBytes(UTF_8)));
        }
        if (batch % 3 == 2) {
          producer.flush();
          producer.abortTransaction();
        } else {
          producer.commitTransaction();
        }
      }
    }
    Agent agent = new Agent("max.poll.records", "7");
    for (int i = 0; i < 20; i++) {
      assertThat(agent.take(10)).isEqualTo(10);
      if (i % 2 == 0) {
        assertThat(agent.commit()).isTrue();
      } else {
        agent.reader.rewind();
        assertThat(agent.take(10)).isEqualTo(10);
        assertThat(agent.commit()).isTrue();
      }
    }

    assertThat(storage.published()).hasSize(200).doesNotHaveDuplicates();
    assertThat(storage.published()).noneMatch(line -> line.startsWith("aborted"));
    assertThat(agent.take(0)).isZero();
  }

  @Test
  void recordsThatRetentionDeletedUntakenStopItAndAreNamed() throws Exception {
    broker.createTopic(topic, 1);
    put(0, 100);
    Agent before = new Agent();
    before.take(20);
    before.commit();
    before.reader.close(Duration.ofSeconds(2));
    try (Admin admin = broker.admin()) {
      admin.deleteRecords(Map.of(partition(0), RecordsToDelete.beforeOffset(50))).all().get();
    }

    Agent stopped = new Agent(Gap.STOP);
    assertThatThrownBy(() -> stopped.take(1))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining(topic + "-0 from offset 20 to 49 are gone")
        .hasMessageContaining("kafka.offset.gap = continue");
    stopped.reader.close(Duration.ofSeconds(2));

    Agent continued = new Agent(Gap.CONTINUE);
    assertThat(continued.take(50)).isEqualTo(50);
    continued.commit();
    assertThat(storage.published().subList(20, 70)).isEqualTo(lines(50, 100));
  }

  @Test
  void anExpiredGroupGoesOnWhereTheLandingsHistorySays() throws Exception {
    broker.createTopic(topic, 1);
    put(0, 100);
    storage.remember(topic + "-0", 30);

    Agent agent = new Agent();
    assertThat(agent.take(70)).isEqualTo(70);
    agent.commit();

    assertThat(agent.sink.forgotten).contains(Set.of(topic + "-0"));
    assertThat(storage.published()).isEqualTo(lines(30, 100));
  }

  @Test
  void anOperatorsResetIsObeyed() throws Exception {
    broker.createTopic(topic, 1);
    put(0, 100);
    Agent before = new Agent();
    before.take(80);
    before.commit();
    before.reader.close(Duration.ofSeconds(2));
    storage.remember(topic + "-0", 80);
    reset(0, new OffsetAndMetadata(60));

    Agent agent = new Agent();
    assertThat(agent.take(40)).isEqualTo(40);
    agent.commit();

    assertThat(agent.sink.recovered).contains(Map.of());
    assertThat(storage.published().subList(80, 120)).isEqualTo(lines(60, 100));
  }

  @Test
  void aGroupOfStockFlumesIsTakenOverWhereItIs() throws Exception {
    broker.createTopic(topic, 1);
    put(0, 100);
    reset(0, new OffsetAndMetadata(40, "3f2e1d0c-0000-4000-8000-000000000000"));

    Agent agent = new Agent();
    assertThat(agent.take(60)).isEqualTo(60);
    agent.commit();

    assertThat(agent.sink.recovered).as("notes").allMatch(Map::isEmpty);
    assertThat(agent.sink.forgotten).as("forgotten").allMatch(Set::isEmpty);
    assertThat(storage.published()).isEqualTo(lines(40, 100));
  }

  @Test
  void aNoteOfAnotherVersionStopsIt() throws Exception {
    broker.createTopic(topic, 1);
    put(0, 10);
    reset(0, new OffsetAndMetadata(4, "flafka:2:something else"));

    Agent agent = new Agent();
    assertThatThrownBy(() -> agent.take(1))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("flafka:2:something else");
  }

  @Test
  void anInterruptDoesNotCutIntoACommit() throws Exception {
    broker.createTopic(topic, 1);
    put(0, 10);
    Agent agent = new Agent();
    agent.take(10);

    Thread.currentThread().interrupt();
    assertThat(agent.commit()).isTrue();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(storage.published()).isEqualTo(lines(0, 10));
  }

  @Test
  void aClosedReaderLeavesItsSinkAlone() throws Exception {
    broker.createTopic(topic, 1);
    put(0, 10);
    Agent agent = new Agent();
    agent.take(10);

    agent.reader.close(Duration.ofSeconds(5));
    assertThatCode(agent.reader::rewind).doesNotThrowAnyException();

    Agent next = new Agent();
    assertThat(next.take(10)).isEqualTo(10);
    assertThat(next.commit()).isTrue();
    assertThat(storage.published()).isEqualTo(lines(0, 10));
  }

  @Test
  void membersThatComeAndGoWhileCommitsFailLoseAndDoubleNothing() throws Exception {
    broker.createTopic(topic, 6);
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<?>> running = new ArrayList<>();
    for (int member = 0; member < 3; member++) {
      Agent agent = new Agent("max.poll.records", "50");
      for (int fault = 0; fault < 10; fault++) {
        Faulty.Action lost =
            () -> {
              throw new TimeoutException("lost");
            };
        if ((fault + member) % 2 == 0) {
          agent.consumer.after("commitSync", lost);
        } else {
          agent.consumer.before("commitSync", lost);
        }
      }
      running.add(threads.submit(() -> running(agent, stop)));
      put(member * 2_000, member * 2_000 + 2_000);
    }
    Await.until("all is there", Duration.ofSeconds(90), () -> storage.published().size() >= 6_000);
    stop.set(true);
    for (Future<?> one : running) {
      one.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
    threads.shutdown();

    assertThat(storage.published()).containsExactlyInAnyOrderElementsOf(lines(0, 6_000));
    assertThat(storage.staged()).isEmpty();
  }
}
