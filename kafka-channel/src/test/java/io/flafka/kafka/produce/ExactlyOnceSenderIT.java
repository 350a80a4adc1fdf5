package io.flafka.kafka.produce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flafka.delivery.Position;
import io.flafka.kafka.client.ClientProperties;
import io.flafka.kafka.client.KafkaClients;
import io.flafka.kafka.faults.Faulty;
import io.flafka.kafka.ledger.LedgerTopic;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.TestbedExtension;
import io.flafka.testbed.TopicDump;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.flume.ChannelException;
import org.apache.flume.FlumeException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hop 1 of the design on a real broker, with its faults. */
@ExtendWith(TestbedExtension.class)
@Timeout(120)
class ExactlyOnceSenderIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String FILE = "0b4f0c6e-5d3f-4e6e-9b3e-0f8f2f7b8a11";

  private final List<ExactlyOnceSender> senders = new ArrayList<>();
  private final Broker broker;
  private String topic = "";
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");

  ExactlyOnceSenderIT(Broker broker) {
    this.broker = broker;
  }

  @BeforeEach
  void createATopicForTheTest(TestInfo test) {
    topic = test.getTestMethod().orElseThrow().getName();
    broker.createTopic(topic, 2);
  }

  @AfterEach
  void closeSenders() {
    senders.forEach(sender -> sender.close(Duration.ofSeconds(1)));
  }

  /** A channel's put side in one agent. */
  private final class Agent implements ExactlyOnceSender.Watch {
    final List<Faulty<Producer<byte[], byte[]>>> producers = new ArrayList<>();
    final Map<String, String> settings = new HashMap<>();
    final AtomicInteger transactions = new AtomicInteger();
    final ExactlyOnceSender sender;

    Agent(String... settings) {
      this.settings.put("bootstrap.servers", broker.bootstrapServers());
      this.settings.put("client.id", topic);
      this.settings.put("transactional.id", topic);
      this.settings.put("max.block.ms", "10000");
      for (int i = 0; i < settings.length; i += 2) {
        this.settings.put(settings[i], settings[i + 1]);
      }
      sender = new ExactlyOnceSender(new Ownership(topic, ledger(), this::open, () -> now), this);
      senders.add(sender);
    }

    @SuppressWarnings("unchecked")
    private Producer<byte[], byte[]> open() {
      Map<String, Object> properties = new HashMap<>(settings);
      Faulty<Producer<byte[], byte[]>> producer =
          new Faulty<>(
              (Class<Producer<byte[], byte[]>>) (Class<?>) Producer.class,
              KafkaClients.producer(properties));
      producers.add(producer);
      return producer.client();
    }

    Faulty<Producer<byte[], byte[]>> producer() {
      return producers.get(producers.size() - 1);
    }

    void put(Batch batch) throws InterruptedException {
      sender.send(batch);
    }

    /** Lines of a file, each one byte long for its position, that begin at an offset. */
    void put(int from, int to) throws InterruptedException {
      put(batch(FILE, from, to));
    }

    @Override
    public void committed(long nanos, int ledgerEntries) {
      transactions.incrementAndGet();
    }

    @Override
    public void opened(int ledgerEntries) {}
  }

  private LedgerTopic ledger() {
    ClientProperties client =
        new ClientProperties(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "client.id", topic));
    return new LedgerTopic(client, topic + "-ledger", 1, Optional.empty());
  }

  private Batch batch(String stream, int from, int to) {
    Batch batch = withoutPositions(stream, from, to);
    for (int end = from + 1; end <= to; end++) {
      batch.reached(new Position(stream, end));
    }
    return batch;
  }

  private Batch withoutPositions(String stream, int from, int to) {
    Batch batch = new Batch();
    for (int line = from; line < to; line++) {
      batch.add(new ProducerRecord<>(topic, (stream + " " + line).getBytes(UTF_8)));
    }
    return batch;
  }

  private static List<String> lines(String stream, int from, int to) {
    return IntStream.range(from, to).mapToObj(line -> stream + " " + line).toList();
  }

  private List<String> committedLines() {
    return TopicDump.of(broker, topic).stream().map(TopicDump.Row::value).toList();
  }

  private void topicIs(String key, String value) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = broker.admin()) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  resource,
                  List.of(
                      new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET))))
          .all()
          .get();
      Await.until(
          key + " = " + value,
          LIMIT,
          () ->
              admin.describeConfigs(List.of(resource)).all().get().values().stream()
                  .allMatch(config -> config.get(key).value().equals(value)));
    }
  }

  @Test
  void eventsThatTwoSourcesFoundNewAreThereOnce() throws Exception {
    Agent agent = new Agent();
    Batch first = batch("file", 0, 5);
    Batch second = batch("file", 0, 5);
    for (Batch batch : List.of(first, second)) {
      batch.judgedBy(Map.of("file", agent.sender.committed("file").orElse(-1)));
    }
    agent.sender.send(first);

    assertThatThrownBy(() -> agent.sender.send(second))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("Another source has put events of stream file meanwhile");

    assertThat(committedLines()).isEqualTo(lines("file", 0, 5));
    agent.put(batch("file", 5, 6));
    assertThat(committedLines()).isEqualTo(lines("file", 0, 6));
  }

  @Test
  void recordsAndTheirPositionsAreThereTogether() throws Exception {
    Agent agent = new Agent();
    assertThat(agent.sender.committed(FILE)).isEmpty();

    agent.put(0, 10);
    assertThat(agent.sender.committed(FILE)).hasValue(10);
    agent.put(10, 15);

    assertThat(committedLines()).containsExactlyInAnyOrderElementsOf(lines(FILE, 0, 15));
    assertThat(new Agent().sender.committed(FILE)).as("after a restart").hasValue(15);
    assertThat(new Agent().sender.committed("another")).isEmpty();
  }

  @Test
  void aSenderThatNobodyUsesFencesNobody() throws Exception {
    Agent agent = new Agent();
    agent.put(0, 1);

    Agent idle = new Agent();
    idle.sender.close(Duration.ofSeconds(1));

    assertThatCode(() -> agent.put(1, 2)).doesNotThrowAnyException();
    assertThat(idle.producers).isEmpty();
  }

  @Test
  void nothingOfABatchThatFailsIsVisible() throws Exception {
    topicIs("max.message.bytes", "20000");
    Agent agent = new Agent("batch.size", "0");
    Batch bad = batch(FILE, 0, 10);
    bad.add(new ProducerRecord<>(topic, new byte[50_000]));

    assertThatThrownBy(() -> agent.put(bad))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("RecordTooLargeException")
        .hasMessageContaining("max.message.bytes");
    assertThat(committedLines()).isEmpty();
    assertThat(agent.sender.committed(FILE)).isEmpty();

    agent.put(0, 10);
    assertThat(committedLines()).containsExactlyInAnyOrderElementsOf(lines(FILE, 0, 10));
  }

  @Test
  void aCommitWhoseAnswerIsLostIsKnownToBeApplied() throws Exception {
    Agent agent = new Agent();
    agent.put(0, 5);
    agent
        .producer()
        .after(
            "commitTransaction",
            () -> {
              throw new TimeoutException("the answer is lost");
            });

    agent.put(withoutPositions("anonymous", 0, 5));
    assertThat(agent.producers).as("producers").hasSize(2);
    agent
        .producer()
        .after(
            "commitTransaction",
            () -> {
              throw new TimeoutException("the answer is lost");
            });
    agent.put(5, 10);

    assertThat(agent.sender.committed(FILE)).hasValue(10);
    assertThat(committedLines())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 15)
                .mapToObj(i -> i < 5 ? "anonymous " + i : FILE + " " + (i - 5))
                .toList());
  }

  @Test
  void aCommitThatNeverArrivedIsKnownNotToBeApplied() throws Exception {
    Agent agent = new Agent();
    agent.put(0, 5);
    agent
        .producer()
        .before(
            "commitTransaction",
            () -> {
              throw new TimeoutException("the request is lost");
            });

    assertThatThrownBy(() -> agent.put(5, 10)).isInstanceOf(ChannelException.class);
    assertThat(agent.sender.committed(FILE)).hasValue(5);

    agent.put(5, 10);
    assertThat(committedLines()).containsExactlyInAnyOrderElementsOf(lines(FILE, 0, 10));
  }

  @Test
  void aThreadThatIsStoppedInItsCommitKnowsTheOutcome() throws Exception {
    Agent agent = new Agent();
    agent.put(0, 5);
    agent
        .producer()
        .before(
            "commitTransaction",
            () -> {
              throw new InterruptException("stop");
            });

    agent.put(5, 10);

    assertThat(Thread.interrupted()).as("the flag is set again").isTrue();
    assertThat(committedLines()).containsExactlyInAnyOrderElementsOf(lines(FILE, 0, 10));
  }

  @Test
  void aThreadThatIsStoppedBeforeItsCommitHasSentNothing() throws Exception {
    Agent agent = new Agent();
    agent.put(0, 5);
    agent
        .producer()
        .before(
            "send",
            () -> {
              throw new InterruptException("stop");
            });

    assertThatThrownBy(() -> agent.put(5, 10)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();

    agent.put(5, 10);
    assertThat(committedLines()).containsExactlyInAnyOrderElementsOf(lines(FILE, 0, 10));
  }

  @Test
  void aSuccessorFencesItsPredecessorWhichNamesIt() throws Exception {
    Agent first = new Agent();
    first.put(0, 5);
    Agent second = new Agent();
    second.put(5, 10);

    for (int attempt = 0; attempt < 3; attempt++) {
      assertThatThrownBy(() -> first.put(5, 20))
          .isInstanceOf(ChannelException.class)
          .hasMessageContaining("Fenced: process " + ProcessHandle.current().pid() + "@")
          .hasMessageContaining("kafka.transactional.id = " + topic);
    }
    second.put(10, 15);

    assertThat(second.producers).as("the successor's producers").hasSize(1);
    assertThat(committedLines()).containsExactlyInAnyOrderElementsOf(lines(FILE, 0, 15));
  }

  @Test
  void aZombieInMidTransactionCommitsNothing() throws Exception {
    Agent zombie = new Agent();
    zombie.put(0, 5);
    Agent successor = new Agent();
    zombie.producer().before("commitTransaction", () -> successor.put(5, 10));

    assertThatThrownBy(() -> zombie.put(5, 20))
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("Fenced");

    assertThat(committedLines()).containsExactlyInAnyOrderElementsOf(lines(FILE, 0, 10));
  }

  @Test
  void aPausePastTheTransactionTimeOutIsSurvivedWithoutASuccessor() throws Exception {
    Agent agent = new Agent("transaction.timeout.ms", "1000");
    agent.put(0, 5);
    agent
        .producer()
        .before(
            "commitTransaction",
            () -> {
              agent.producer().sound().flush();
              assertThat(state()).isEqualTo(TransactionState.ONGOING);
              Await.until(
                  "the coordinator aborts the transaction",
                  LIMIT,
                  () -> state() != TransactionState.ONGOING);
            });

    assertThatThrownBy(() -> agent.put(5, 10))
        .isInstanceOf(ChannelException.class)
        .hasMessageNotContaining("has taken over");
    agent.put(5, 10);

    assertThat(committedLines()).containsExactlyInAnyOrderElementsOf(lines(FILE, 0, 10));
  }

  private TransactionState state() throws Exception {
    try (Admin admin = broker.admin()) {
      return admin.describeTransactions(Set.of(topic)).description(topic).get().state();
    }
  }

  @Test
  void theLedgerIsReadPastAnotherChannelsOpenTransaction() throws Exception {
    Agent agent = new Agent();
    agent.put(0, 5);
    Map<String, Object> settings = new HashMap<>(agent.settings);
    settings.put("transactional.id", topic + "-other");
    try (Producer<byte[], byte[]> other = KafkaClients.producer(settings)) {
      other.initTransactions();
      other.beginTransaction();
      other.send(new ProducerRecord<>(topic + "-ledger", "other x".getBytes(UTF_8), null)).get();
      agent.put(5, 10); // Lies behind the open transaction, which hides it.

      CompletableFuture<OptionalLong> answer =
          CompletableFuture.supplyAsync(() -> new Agent().sender.committed(FILE));
      assertThatThrownBy(() -> answer.get(2, TimeUnit.SECONDS))
          .as("no answer while it is hidden")
          .isInstanceOf(java.util.concurrent.TimeoutException.class);
      other.abortTransaction();

      assertThat(answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).hasValue(10);
    }
  }

  @Test
  void aStreamThatEndedIsKnownForDays() throws Exception {
    Agent agent = new Agent();
    agent.put(0, 5);
    agent.sender.forget(FILE);
    agent.put(batch("next file", 0, 1));
    assertThat(agent.sender.committed(FILE)).as("at once").hasValue(5);

    now = now.plus(Duration.ofDays(6));
    assertThat(new Agent().sender.committed(FILE)).as("after six days").hasValue(5);

    now = now.plus(Duration.ofDays(2));
    assertThat(new Agent().sender.committed(FILE)).as("after eight days").isEmpty();
    Agent last = new Agent();
    assertThat(last.sender.committed(FILE)).as("for good").isEmpty();
    assertThat(last.sender.committed("next file")).hasValue(1);
  }

  @Test
  void endsAreWrittenWhenTheSenderCloses() throws Exception {
    Agent agent = new Agent();
    agent.put(0, 5);
    agent.sender.forget(FILE);
    agent.sender.close(Duration.ofSeconds(5));

    assertThat(TopicDump.of(broker, topic + "-ledger"))
        .filteredOn(row -> row.key().endsWith(FILE))
        .last()
        .extracting(TopicDump.Row::value)
        .isEqualTo("flafka:1:done:5");
  }

  @Test
  void severalSourcesShareTransactions() throws Exception {
    Agent agent = new Agent();
    agent.put(0, 1);
    int threads = 4;
    int batches = 50;
    ExecutorService sources = Executors.newFixedThreadPool(threads);
    List<Future<?>> done = new ArrayList<>();
    for (int source = 0; source < threads; source++) {
      String stream = "file " + source;
      done.add(
          sources.submit(
              () -> {
                for (int batch = 0; batch < batches; batch++) {
                  agent.put(batch(stream, batch * 10, batch * 10 + 10));
                }
                return null;
              }));
    }
    for (Future<?> one : done) {
      one.get();
    }
    sources.shutdown();

    List<String> expected = new ArrayList<>(lines(FILE, 0, 1));
    for (int source = 0; source < threads; source++) {
      expected.addAll(lines("file " + source, 0, batches * 10));
      assertThat(agent.sender.committed("file " + source)).hasValue(10L * batches);
    }
    assertThat(committedLines()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(agent.transactions).hasValueLessThan(threads * batches);
  }

  @Test
  void oneThreadsBadRecordIsItsOwnTrouble() throws Exception {
    topicIs("max.message.bytes", "20000");
    Agent agent = new Agent("batch.size", "0");
    agent.put(0, 1);
    ExecutorService sources = Executors.newFixedThreadPool(2);
    Future<?> good =
        sources.submit(
            () -> {
              for (int line = 0; line < 40; line++) {
                agent.put(batch("good", line, line + 1));
              }
              return null;
            });
    Future<?> bad =
        sources.submit(
            () -> {
              for (int line = 0; line < 3; line++) {
                Batch batch = batch("bad", line, line + 1);
                batch.add(new ProducerRecord<>(topic, new byte[50_000]));
                assertThatThrownBy(() -> agent.put(batch)).isInstanceOf(ChannelException.class);
              }
            });
    good.get();
    bad.get();
    sources.shutdown();

    List<String> expected = new ArrayList<>(lines("good", 0, 40));
    expected.addAll(lines(FILE, 0, 1));
    assertThat(committedLines()).containsExactlyInAnyOrderElementsOf(expected);
  }

  /**
   * Killed in the middle of a transaction, and not just after one: a lone broker of Kafka 4.3.1
   * that is killed between a commit and its markers often comes back without ever writing these
   * ("Couldn't find leader endpoint for partitions" in its log), and what it had acknowledged is
   * never visible.
   */
  @Test
  void aBrokerThatIsKilledCostsTimeAndNothingElse() throws Exception {
    Agent agent =
        new Agent(
            "max.block.ms", "2000", "request.timeout.ms", "1000", "delivery.timeout.ms", "2000");
    agent.put(0, 10);
    CountDownLatch killed = new CountDownLatch(1);
    agent
        .producer()
        .before(
            "commitTransaction",
            () -> {
              agent.producer().sound().flush();
              broker.kill();
              killed.countDown();
            });
    ExecutorService source = Executors.newSingleThreadExecutor();
    Future<?> done =
        source.submit(
            () -> {
              for (int from = 10; from < 2_000; from += 10) {
                putUntilAccepted(agent, from);
              }
            });
    killed.await();
    broker.restart();
    done.get(90, TimeUnit.SECONDS);
    source.shutdown();

    assertThat(committedLines()).containsExactlyInAnyOrderElementsOf(lines(FILE, 0, 2_000));
  }

  /** As a source does: again, unless the ledger has it. */
  private void putUntilAccepted(Agent agent, int from) {
    while (true) {
      try {
        if (agent.sender.committed(FILE).orElse(0) <= from) {
          agent.put(from, from + 10);
        }
        return;
      } catch (ChannelException e) {
        assertThat(e).hasMessageNotContaining("Fenced");
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void partitionsMayBeAddedInMidFile() throws Exception {
    Agent agent = new Agent("metadata.max.age.ms", "200");
    agent.put(0, 5);
    try (Admin admin = broker.admin()) {
      admin
          .createPartitions(
              Map.of(
                  topic,
                  NewPartitions.increaseTo(4),
                  topic + "-ledger",
                  NewPartitions.increaseTo(3)))
          .all()
          .get();
    }
    for (int line = 5; line < 100; line++) {
      agent.put(line, line + 1);
    }

    assertThat(committedLines()).containsExactlyInAnyOrderElementsOf(lines(FILE, 0, 100));
    assertThat(new Agent().sender.committed(FILE)).hasValue(100);
  }

  @Test
  void aLedgerThatWouldForgetIsRefused() {
    broker.createTopic(topic + "-ledger", 1, Map.of("cleanup.policy", "delete"));

    assertThatThrownBy(() -> new Agent().put(0, 1))
        .isInstanceOf(FlumeException.class)
        .hasMessageContaining("ledger.topic = " + topic + "-ledger has cleanup.policy = delete");
  }

  @Test
  void aLedgerOfAnotherVersionIsRefused() throws Exception {
    Agent agent = new Agent();
    agent.put(0, 5);
    try (Producer<byte[], byte[]> future =
        KafkaClients.producer(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      future
          .send(
              new ProducerRecord<>(
                  topic + "-ledger",
                  (topic + " " + FILE).getBytes(UTF_8),
                  "flafka:2:open:99".getBytes(UTF_8)))
          .get();
    }

    assertThatThrownBy(() -> new Agent().sender.committed(FILE))
        .isInstanceOf(FlumeException.class)
        .hasMessageContaining(topic + "-ledger-0@")
        .hasMessageContaining("flafka:2:open:99");
  }
}
