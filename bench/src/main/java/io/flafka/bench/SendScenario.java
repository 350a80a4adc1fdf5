package io.flafka.bench;

import io.flafka.bench.load.LineCounter;
import io.flafka.bench.load.LineShape;
import io.flafka.bench.load.Tally;
import io.flafka.testbed.Await;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Files of web-log lines, and a topic that they are sent to. */
final class SendScenario implements Scenario<SendSubject> {
  private static final int BATCH = 1_000;

  /** As many lines as Flafka's source has in a batch. */
  private static final int TRANSACTION = 50_000;

  private static final long LEAST_FILES = 20;

  @Override
  public String name() {
    return "send";
  }

  @Override
  public long events() {
    return 24_000_000;
  }

  @Override
  public List<SendSubject> subjects() {
    return Stream.of(Sender.values()).map(SendSubject::new).toList();
  }

  @Override
  public long share(SendSubject subject, long events) {
    return Math.max(1, events / subject.sender().slowness());
  }

  @Override
  public Layout<SendSubject> layout() {
    return SendSubject.LAYOUT;
  }

  @Override
  public String caption(long events) {
    return "%,d web-log lines a run, of which stock's spooldir sends %,d, connect and rsyslog %,d; measured "
            .formatted(events, events / Sender.STOCK.slowness(), events / Sender.RSYSLOG.slowness())
        + Steady.WHEN;
  }

  /** Warms the broker; every trial has a topic of its own. */
  @Override
  public void prepare(Rig rig, long events) throws IOException {
    String topic = "send-warm-up";
    rig.topics().fillTopic(topic, LineShape.RAW, weblogs(rig, events));
    rig.topics().offsets().deleteTopic(topic);
  }

  private static Weblogs weblogs(Rig rig, long events) throws IOException {
    return rig.largeWeblogs(events, LEAST_FILES);
  }

  @Override
  public Trial start(Rig rig, SendSubject subject, long events, String id) throws IOException {
    rig.topics().createTopic(id);
    Weblogs input = weblogs(rig, events).first(share(subject, events));
    SpoolFolder spool = SpoolFolder.create(rig.folder(id).resolve("spool"));
    Started started = start(rig, subject.sender(), id, input, spool);
    return new Sending(rig.topics(), id, spool, started, input.tally().withoutStamps());
  }

  /** Starts a sender on the lines of this input, of which the spool has what it takes. */
  private static Started start(
      Rig rig, Sender sender, String topic, Weblogs input, SpoolFolder spool) throws IOException {
    if (sender == Sender.CONNECT) {
      Path file = spool.path().resolve("all.log");
      input.joinInto(file);
      long size = Files.size(file);
      ConnectWorker worker = ConnectWorker.start(rig, topic, file);
      return new Started(worker.process(), () -> worker.committed() == size);
    }
    input.linkInto(spool.path());
    if (sender.isAgent()) {
      AgentFile file = agent(rig.topics(), sender, topic, spool.path(), rig.folder(topic));
      JavaProcess process = rig.startAgent(topic, file);
      return new Started(process, () -> !sender.spooler().retires() || spool.waiting() == 0);
    }
    return new Started(startOther(rig, sender, topic, spool.path(), input.paths()), () -> true);
  }

  /**
   * A sender at work.
   *
   * @param isDone whether it says itself that it has nothing left to do, if it can
   */
  private record Started(JavaProcess process, Callable<Boolean> isDone) {}

  /** An agent that sends what is spooled. */
  static AgentFile agent(Topics topics, Sender sender, String topic, Path spool, Path own) {
    Map<String, String> source = new TreeMap<>(sender.spooler().source(spool, own));
    if (sender.spooler() != Spooler.FLAFKA) {
      source.put("batchSize", String.valueOf(BATCH));
    }
    Map<String, String> channel = topics.channel(sender.contender(), false, topic, topic);
    return sender == Sender.STOCK_SINK
        ? AgentFile.inMemory().source(source).sink(sink(channel))
        : new AgentFile(channel).source(source);
  }

  /** Stock's Kafka sink, with the settings of stock's Kafka channel. */
  private static Map<String, String> sink(Map<String, String> channel) {
    Map<String, String> sink = new TreeMap<>();
    channel.forEach(
        (key, value) -> {
          if (key.startsWith("kafka.producer.")
              || List.of("kafka.bootstrap.servers", "kafka.topic").contains(key)) {
            sink.put(key, value);
          }
        });
    sink.put("type", "org.apache.flume.sink.kafka.KafkaSink");
    sink.put("flumeBatchSize", String.valueOf(BATCH));
    return sink;
  }

  private static JavaProcess startOther(
      Rig rig, Sender sender, String topic, Path folder, List<Path> files) throws IOException {
    Topics topics = rig.topics();
    if (sender == Sender.BARE || sender == Sender.BARE_TRANSACTIONS) {
      int transaction = sender == Sender.BARE ? 0 : TRANSACTION;
      return topics.startLineProducer(topic, topic, LineShape.RAW, transaction, files);
    }
    String servers = topics.bootstrapServers();
    Natives natives = new Natives(sender.path().orElseThrow(), rig.folder(topic), servers, topic);
    return sender == Sender.KCAT ? natives.startKcat(files) : natives.startRsyslog(folder);
  }

  @Override
  public void clear(Rig rig, long events) {
    // Every trial has deleted its topic, and the next scenario reads the same lines.
  }

  private record Sending(
      Topics topics, String topic, SpoolFolder folder, Started started, Tally expected)
      implements SteadyTrial {
    private static final Duration DONE_LIMIT = Duration.ofSeconds(30);

    @Override
    public JavaProcess process() {
      return started.process();
    }

    @Override
    public long events() {
      return expected.lines();
    }

    /** Kafka's own marks of transactions among them, a few in a million. */
    @Override
    public long arrived() {
      return Math.min(topics.offsets().ends(topic), events());
    }

    @Override
    public boolean isFinished() {
      return arrived() >= events();
    }

    @Override
    public void check() {
      Await.until("it says that it is done", DONE_LIMIT, started.isDone());
      process().terminate(Bench.STOP_LIMIT);
      LineCounter counter = new LineCounter();
      new CommittedValues(topics.bootstrapServers(), topic).each(counter::add);
      expected.requireOnce(counter.tally());
    }

    @Override
    public long written() {
      return topics.bytes(topic);
    }

    @Override
    public void close() {
      process().terminate(Bench.STOP_LIMIT);
      topics.offsets().deleteTopic(topic);
      folder.delete();
    }
  }
}
