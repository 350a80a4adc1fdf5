package io.flafka.bench;

import io.flafka.bench.load.BareProducer;
import io.flafka.bench.load.Format;
import io.flafka.bench.load.LineProducer;
import io.flafka.bench.load.LineShape;
import io.flafka.bench.load.LogLines;
import io.flafka.bench.load.ReadyBodies;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A broker of the bench's own, and the topics on it. */
final class Topics implements AutoCloseable {
  /**
   * A deleted topic leaves the disk soon, and not after a minute; and what is of 2013 by its
   * timestamp stays.
   */
  private static final Map<String, String> SETTINGS =
      Map.of("log.segment.delete.delay.ms", "1000", "log.retention.ms", "-1");

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

  /** How many bytes a topic's records take on the broker's disk. */
  long bytes(String topic) {
    return broker.bytesOnDisk(topic);
  }

  void createTopic(String topic) {
    createTopic(topic, Offsets.PARTITIONS);
  }

  void createTopic(String topic, int partitions) {
    broker.createTopic(topic, partitions);
  }

  /**
   * The keys of a subject's channel.
   *
   * @param parses its {@code parseAsFlumeEvent}
   */
  Map<String, String> channel(Contender contender, boolean parses, String topic, String group) {
    Map<String, String> channel = new TreeMap<>(contender.channel());
    channel.put("kafka.bootstrap.servers", bootstrapServers());
    channel.put("kafka.topic", topic);
    channel.put("kafka.consumer.group.id", group);
    channel.put("parseAsFlumeEvent", String.valueOf(parses));
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

  /**
   * Starts a bare producer of files' lines.
   *
   * @param transaction how many lines a Kafka transaction has; 0 for none
   */
  JavaProcess startLineProducer(
      String id, String topic, LineShape shape, int transaction, List<Path> files)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(bootstrapServers(), topic, shape.argument(), String.valueOf(transaction)));
    files.forEach(file -> arguments.add(file.toString()));
    return rig.startBare(id, LineProducer.class, arguments.toArray(String[]::new));
  }

  /** Makes a topic with so many events in it, and checks that they are all there. */
  void fillTopic(String topic, Format format, long events) throws IOException {
    createTopic(topic);
    awaitAllPut(topic, startProducer("fill-" + topic, topic, format, events));
    new Arrivals(new ReadyBodies(Bench.BYTES)).read(bootstrapServers(), topic).check(events);
  }

  /** Makes a topic with these lines in it. */
  void fillTopic(String topic, LineShape shape, Weblogs lines) throws IOException {
    fillTopic(topic, Offsets.PARTITIONS, shape, lines);
  }

  /** The same with so many partitions. */
  void fillTopic(String topic, int partitions, LineShape shape, Weblogs lines) throws IOException {
    createTopic(topic, partitions);
    awaitAllPut(topic, startLineProducer("fill-" + topic, topic, shape, 0, lines.paths()));
    long put = offsets.ends(topic, partitions);
    if (put != lines.lines()) {
      throw new IllegalStateException(
          "topic %s has %,d of %,d lines".formatted(topic, put, lines.lines()));
    }
  }

  private static void awaitAllPut(String topic, JavaProcess producer) {
    try {
      Await.until(
          "topic " + topic + " is full",
          FILL_LIMIT,
          () -> hasPutAll(producer) || !producer.isAlive());
      if (!hasPutAll(producer)) {
        throw new IllegalStateException(
            "what fills topic %s died: %s".formatted(topic, producer.lastLines(3)));
      }
    } finally {
      producer.kill();
    }
  }

  private static boolean hasPutAll(JavaProcess producer) {
    return producer.logLines().contains(LogLines.ALL_PUT);
  }

  @Override
  public void close() {
    offsets.close();
    broker.close();
  }
}
