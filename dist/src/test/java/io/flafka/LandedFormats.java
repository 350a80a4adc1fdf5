package io.flafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.summarizingLong;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.weblogs.LandedFiles;
import io.flafka.testbed.weblogs.LineTally;
import io.flafka.testbed.weblogs.WeblogGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;

/**
 * The same web logs in HDFS in every format, each line exactly once: one agent, into which the
 * plugin is unpacked, takes them out of a topic with a sink for each format, into directories as
 * Hive has them.
 *
 * <p>For one thread.
 */
final class LandedFormats implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int PARTITIONS = 2;

  /** The first three of a day's hours, of which the first is the day before's last in UTC. */
  private static final int HOURS = 3;

  /** Of no log; its columns in Parquet are empty, but for the raw line. */
  static final String ODD = "\u00bfqu\u00e9? \u20ac 3, \"not\ta line\" of any log";

  /** Of a log, with all that may be absent. */
  private static final String SPARSE =
      "10.1.2.3 - caf\u00e9 [15/Sep/2013:00:59:53 +0100] \"GET /?q=%22 HTTP/1.1\" 304 - \"-\""
          + " \"-\"";

  private final Broker broker;
  private final String name;
  private final Hdfs hdfs;
  private final FileSystem files;
  private final Installation flume;
  private final List<Hit> hits = new ArrayList<>();

  /**
   * Lands nothing yet.
   *
   * @param name of the folder in HDFS; the names of topics and groups begin with it
   * @param local for the installation
   */
  LandedFormats(Broker broker, Hdfs hdfs, String name, Path local) throws IOException {
    this.broker = broker;
    this.name = name;
    this.hdfs = hdfs;
    this.files = hdfs.fileSystem();
    broker.createTopic(lines(), PARTITIONS, Map.of("retention.ms", "-1"));
    broker.createTopic(records(), PARTITIONS, Map.of("retention.ms", "-1"));
    var schema = new org.apache.hadoop.fs.Path("/" + name + "/hit.avsc");
    try (OutputStream out = files.create(schema)) {
      out.write(Hit.SCHEMA.toString().getBytes(UTF_8));
    }
    this.flume = Installation.withHadoop(local).using(hdfs).with("SCHEMA", hdfs.uri() + schema);
  }

  private String lines() {
    return name + "-lines";
  }

  private String records() {
    return name + "-records";
  }

  private String topic(LandedFormat format) {
    return format.content().isOfHits() ? records() : lines();
  }

  private String group(LandedFormat format) {
    return name + "-" + format;
  }

  /** Where a format is. */
  org.apache.hadoop.fs.Path folder(LandedFormat format) {
    return new org.apache.hadoop.fs.Path(hdfs.uri() + "/" + name + "/" + format);
  }

  FileSystem files() {
    return files;
  }

  /** The files that readers see. */
  List<org.apache.hadoop.fs.Path> shown(LandedFormat format) throws IOException {
    return Stream.of(
            files.globStatus(new org.apache.hadoop.fs.Path(folder(format), "dt=*/hour=*/*")))
        .map(file -> file.getPath())
        .toList();
  }

  /** Puts so many lines of three hours into the topics, and two odd ones. */
  void write(long seed, int count) throws IOException {
    List<Hit> more = new ArrayList<>();
    WeblogGenerator generator = new WeblogGenerator(seed, count * 24L / HOURS);
    for (int i = 0; i < count; i++) {
      more.add(Hit.of(generator.next()));
    }
    more.add(Hit.of(SPARSE));
    more.add(Hit.odd(ODD, more.get(0).time()));
    try (TopicWriter writer = new TopicWriter(broker)) {
      int partition = 0;
      for (Hit hit : more) {
        partition = (partition + 1) % PARTITIONS;
        writer.writeAt(hit.time().toEpochMilli(), lines(), partition, hit.line().getBytes(UTF_8));
        writer.writeAt(hit.time().toEpochMilli(), records(), partition, hit.toAvro());
      }
    }
    hits.addAll(more);
  }

  /** All that was written, in some order. */
  List<String> sortedLines() {
    return hits.stream().map(Hit::line).sorted().toList();
  }

  /** How many lines belong into each directory. */
  Map<String, Long> partitions() {
    return hits.stream().collect(groupingBy(Hit::partition, TreeMap::new, counting()));
  }

  /** Each status, how many lines have it, and the sum of their bytes: {@code 200 2100 20928373}. */
  List<String> statuses() {
    Map<Integer, LongSummaryStatistics> bytes =
        hits.stream()
            .filter(hit -> hit.status() != Hit.NO_STATUS)
            .collect(groupingBy(Hit::status, TreeMap::new, summarizingLong(Hit::bytes)));
    return bytes.entrySet().stream()
        .map(
            status ->
                status.getKey()
                    + " "
                    + status.getValue().getCount()
                    + " "
                    + status.getValue().getSum())
        .toList();
  }

  /** Lands all that was written. */
  void land() throws Exception {
    Set<LandedFormat> waiting = EnumSet.allOf(LandedFormat.class);
    Map<String, Long> ends = new Offsets(broker).ends(PARTITIONS, lines(), records());
    try (Agent agent = start("landing", "hdfs.idleTimeout = 1")) {
      try {
        Await.until(
            "every group has committed all",
            LIMIT,
            () -> {
              for (LandedFormat format : List.copyOf(waiting)) {
                if (isTaken(format, ends)) {
                  waiting.remove(format);
                }
              }
              return waiting.isEmpty();
            });
      } catch (IllegalStateException e) {
        throw new AssertionError("not landed: " + waiting + "\n" + Armed.log(agent), e);
      }
      assertThat(agent.firstError()).isEmpty();
      assertThat(agent.stop()).as("ends by itself").isTrue();
    }
    for (LandedFormat format : LandedFormat.values()) {
      assertThat(unfinished(format, false)).as("left over of " + format).isEmpty();
    }
  }

  private boolean isTaken(LandedFormat format, Map<String, Long> ends) throws Exception {
    Map<String, Long> committed = new Offsets(broker).committed(group(format));
    return committed.size() == PARTITIONS && ends.entrySet().containsAll(committed.entrySet());
  }

  /** Starts an agent that has files in use, of all that is written from now on, until it ends. */
  Agent startToWork() throws IOException {
    return start("working", "hdfs.idleTimeout = 0");
  }

  /** Waits until every format has files in use. */
  void awaitWork(Agent agent) {
    for (LandedFormat format : LandedFormat.values()) {
      Await.until(format + " has files in use", LIMIT, () -> !unfinished(format, true).isEmpty());
    }
    assertThat(agent.firstError()).isEmpty();
  }

  private List<org.apache.hadoop.fs.Path> unfinished(LandedFormat format, boolean running)
      throws IOException {
    return new LandedFiles(files, folder(format), new LineTally()::out).unfinished(running);
  }

  private Agent start(String agent, String... more) throws IOException {
    String names = Stream.of(LandedFormat.values()).map(format -> " " + format).collect(joining());
    StringBuilder configuration = new StringBuilder();
    configuration.append("agent1.channels =").append(names).append('\n');
    configuration.append("agent1.sinks =").append(names).append('\n');
    for (LandedFormat format : LandedFormat.values()) {
      configuration.append(channel(format));
      Stream.of(
              Stream.of(
                  "type = io.flafka.HdfsSink",
                  "channel = " + format,
                  "delivery.guarantee = exactly_once",
                  "hdfs.path = " + folder(format) + "/dt=%Y-%m-%d/hour=%H",
                  "hdfs.timeZone = UTC",
                  "hdfs.rollInterval = 0",
                  "hdfs.rollSize = 0",
                  "hdfs.rollCount = 0"),
              Stream.of(more),
              format.settings().stream())
          .flatMap(lines -> lines)
          .forEach(line -> configuration.append("agent1.sinks." + format + "." + line + "\n"));
    }
    return flume.start(agent, configuration.toString());
  }

  private String channel(LandedFormat format) {
    return """
    agent1.channels.%1$s.type = io.flafka.KafkaChannel
    agent1.channels.%1$s.kafka.bootstrap.servers = %2$s
    agent1.channels.%1$s.kafka.topic = %3$s
    agent1.channels.%1$s.kafka.consumer.group.id = %4$s
    agent1.channels.%1$s.kafka.pollTimeout = 100
    agent1.channels.%1$s.parseAsFlumeEvent = false
    agent1.channels.%1$s.delivery.guarantee = exactly_once
    agent1.channels.%1$s.kafka.transactional.id = %4$s
    """
        .formatted(format, broker.bootstrapServers(), topic(format), group(format));
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
