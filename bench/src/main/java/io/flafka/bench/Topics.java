package io.flafka.bench;

import io.flafka.bench.load.BareProducer;
import io.flafka.bench.load.Format;
import io.flafka.bench.load.LogLines;
import io.flafka.bench.load.ReadyBodies;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A broker of the bench's own, and the topics on it. */
final class Topics implements AutoCloseable {
  /** A deleted topic leaves the disk soon, and not after a minute. */
  private static final Map<String, String> SETTINGS = Map.of("log.segment.delete.delay.ms", "1000");

  private static final Duration FILL_LIMIT = Duration.ofMinutes(10);

  private final Broker broker;
  private final Offsets offsets;
  private final Rig rig;

  private Topics(Broker broker, Rig rig) {
    this.broker = broker;
    this.offsets = new Offsets(broker);
    this.rig = rig;
  }

  /**
   * Starts the broker.
   *
   * @param rig starts the producers
   */
  static Topics start(Path folder, Rig rig) throws IOException {
    return new Topics(Broker.start(folder, JavaProcess.Lifetime.LEASHED, SETTINGS), rig);
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  Offsets offsets() {
    return offsets;
  }

  void createTopic(String topic) {
    broker.createTopic(topic, Offsets.PARTITIONS);
  }

  /** The keys of a subject's channel. */
  Map<String, String> channel(ChannelSubject subject, String topic, String group) {
    Map<String, String> channel = new TreeMap<>(subject.contender().channel());
    channel.put("kafka.bootstrap.servers", bootstrapServers());
    channel.put("kafka.topic", topic);
    channel.put("kafka.consumer.group.id", group);
    channel.put("parseAsFlumeEvent", String.valueOf(subject.parsesAsFlumeEvent()));
    return channel;
  }

  /** Starts a bare producer of events. */
  JavaProcess startProducer(String id, String topic, Format format, long events)
      throws IOException {
    return rig.startBare(
        id,
        BareProducer.class,
        bootstrapServers(),
        topic,
        format.name(),
        String.valueOf(events),
        String.valueOf(Bench.BYTES));
  }

  /** Makes a topic with so many events in it, and checks that they are all there. */
  void fillTopic(String topic, Format format, long events) throws IOException {
    createTopic(topic);
    JavaProcess producer = startProducer("fill-" + topic, topic, format, events);
    try {
      Await.until(
          "topic " + topic + " is full",
          FILL_LIMIT,
          () -> producer.logLines().contains(LogLines.ALL_PUT));
    } finally {
      producer.kill();
    }
    new Arrivals(new ReadyBodies(Bench.BYTES)).read(bootstrapServers(), topic).check(events);
  }

  @Override
  public void close() {
    offsets.close();
    broker.close();
  }
}
