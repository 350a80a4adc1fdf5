package io.flafka;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.flafka.testbed.Agent;
import io.flafka.testbed.Await;
import io.flafka.testbed.Broker;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.weblogs.LandedFiles;
import io.flafka.testbed.weblogs.LineTally;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * A topic's way into HDFS, exactly once: what its agents are told, what is put into the topic, and
 * what has come of it. A record's key is the directory that it lands in.
 *
 * <p>For one thread.
 */
final class Landing implements AutoCloseable {
  /** The group misses a dead member so long after its last heartbeat. */
  static final Duration SESSION = Duration.ofSeconds(2);

  private static final String OWNER = "owner-";

  private final Broker broker;
  private final Hdfs hdfs;
  private final String topic;
  private final int partitions;
  private final java.nio.file.Path local;
  private final Installation flume;
  private final FileSystem files;
  private final Path folder;
  private final LineTally tally = new LineTally();
  private final LandedFiles landed;
  private long written;

  /**
   * Creates the topic.
   *
   * @param topic its name, and that of the consumer group and of the folder in HDFS
   * @param local for the installation
   */
  Landing(Broker broker, Hdfs hdfs, String topic, int partitions, java.nio.file.Path local)
      throws IOException {
    this.broker = broker;
    this.hdfs = hdfs;
    this.topic = broker.createTopic(topic, partitions, Map.of("retention.ms", "-1"));
    this.partitions = partitions;
    this.local = local;
    this.flume = Installation.withHadoop(local);
    this.files = hdfs.fileSystem();
    this.folder = new Path("/" + topic);
    this.landed = new LandedFiles(files, folder, tally::out);
  }

  /** What a channel and a sink are told, which takes ten events into a file and waits a second. */
  String configuration() {
    return """
    agent1.channels = kafka
    agent1.sinks = hdfs
    """
        + channel()
        + sink("hdfs");
  }

  String channel() {
    return """
    agent1.channels.kafka.type = io.flafka.KafkaChannel
    agent1.channels.kafka.kafka.bootstrap.servers = %1$s
    agent1.channels.kafka.kafka.topic = %2$s
    agent1.channels.kafka.kafka.consumer.group.id = %2$s
    agent1.channels.kafka.kafka.consumer.session.timeout.ms = %3$d
    agent1.channels.kafka.kafka.consumer.heartbeat.interval.ms = 300
    agent1.channels.kafka.kafka.pollTimeout = 100
    agent1.channels.kafka.parseAsFlumeEvent = false
    agent1.channels.kafka.delivery.guarantee = exactly_once
    agent1.channels.kafka.kafka.transactional.id = %2$s-channel
    agent1.channels.kafka.ledger.topic = %2$s-ledger
    """
        .formatted(broker.bootstrapServers(), topic, SESSION.toMillis());
  }

  String sink(String name) {
    return Stream.of(
            "type = io.flafka.HdfsSink",
            "channel = kafka",
            "delivery.guarantee = exactly_once",
            "hdfs.path = " + hdfs.uri() + folder + "/%{key}",
            "hdfs.fileType = DataStream",
            "hdfs.rollSize = 0",
            "hdfs.rollCount = 10",
            "hdfs.rollInterval = 1",
            // Files are closed and renamed one after the other.
            "hdfs.threadsPoolSize = 1")
        .map(line -> "agent1.sinks." + name + "." + line + "\n")
        .collect(Collectors.joining());
  }

  Agent start(String name, String configuration, String... options) throws IOException {
    return flume.start(name, configuration, options);
  }

  /** The plugin's command. */
  FlafkaScript flafka() {
    return new FlafkaScript(flume.flafka(), local);
  }

  /** Puts lines into all partitions, and makes them go to some directories in turn. */
  void write(int lines, String... directories) throws IOException {
    StringBuilder all = new StringBuilder();
    try (TopicWriter writer = new TopicWriter(broker)) {
      for (int i = 0; i < lines; i++) {
        String line = "line " + written++;
        all.append(line).append('\n');
        writer.write(
            topic,
            i / directories.length % partitions,
            directories[i % directories.length],
            line.getBytes(US_ASCII));
      }
    }
    tally.in(new ByteArrayInputStream(all.toString().getBytes(US_ASCII)));
  }

  /** Puts what leaves gaps between the offsets of events: an aborted transaction, and another. */
  void writeInTransactions() throws IOException {
    String committed = "line " + written++;
    TopicWriter.writeAbortedAndCommitted(
        broker, topic, "aborted".getBytes(US_ASCII), committed.getBytes(US_ASCII));
    tally.in(new ByteArrayInputStream(committed.getBytes(US_ASCII)));
  }

  /** How many lines readers see. */
  long visible() throws IOException {
    return landed.read();
  }

  /** Lines that somebody puts into the topic. */
  String lines(int count) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("line ").append(written++).append('\n');
    }
    tally.in(new ByteArrayInputStream(lines.toString().getBytes(US_ASCII)));
    return lines.toString();
  }

  long written() {
    return written;
  }

  /** The folder in HDFS. */
  String uri() {
    return hdfs.uri() + folder;
  }

  /** How many lines readers don't see yet. */
  long missing() throws IOException {
    landed.read();
    return tally.lost();
  }

  /**
   * Waits until every line has landed, and nothing unfinished is left; asserts that each has landed
   * once, and that the history says so.
   *
   * @param live those who may still have directories of their own
   */
  void awaitAllOf(Duration limit, Agent... live) throws Exception {
    try {
      Await.until(
          "every line has landed, and nothing is left",
          limit,
          () ->
              // First what costs little: it spares the NameNode listings of every directory.
              unfinished(live).isEmpty()
                  && landed.read() >= written
                  && tally.lost() == 0
                  && unfinished(live).isEmpty());
    } catch (IllegalStateException e) {
      throw new AssertionError(
          "%d of %d lines, %d lost, %d doubled, left over: %s\n%s"
              .formatted(
                  landed.read(),
                  written,
                  tally.lost(),
                  tally.doubled(),
                  unfinished(live),
                  Arrays.stream(live).map(Armed::log).collect(Collectors.joining("\n\n"))),
          e);
    }
    assertThat(tally.doubled()).as("doubled").isZero();
    Tiling.assertComplete(files, folder, broker, topic, topic);
  }

  /** What sinks have in use, or dead ones have left. */
  List<String> unfinished(Agent... live) throws IOException {
    Set<Long> alive =
        Arrays.stream(live).map(agent -> agent.process().pid()).collect(Collectors.toSet());
    List<String> found = new ArrayList<>();
    for (FileStatus run : list(new Path(folder, "_flafka/runs"))) {
      FileStatus[] inside = list(run.getPath());
      if (!alive.contains(owner(inside))) {
        found.add(run.getPath().toString());
      }
      Stream.of(inside)
          .filter(file -> !isOwner(file))
          .forEach(file -> found.add(file.getPath().toString()));
    }
    for (FileStatus cleared : list(new Path(folder, "_flafka/cleared"))) {
      found.add(cleared.getPath().toString());
    }
    return found;
  }

  /** The files that sinks have in use now. */
  List<String> staged() throws IOException {
    return unfinished().stream()
        .map(file -> new Path(file).getName())
        .filter(name -> name.startsWith("FlumeData"))
        .toList();
  }

  /**
   * Lets those runs look as if nobody had touched them for long that don't say whose they are,
   * since they died before they could; nothing else tells that they are dead.
   */
  void ageUnclaimed() throws IOException {
    for (FileStatus run : list(new Path(folder, "_flafka/runs"))) {
      if (owner(list(run.getPath())) == 0) {
        age(run);
      }
    }
  }

  private void age(FileStatus run) throws IOException {
    try {
      files.setTimes(run.getPath(), run.getModificationTime() - 7_200_000, -1);
    } catch (FileNotFoundException e) {
      return; // An agent has just cleared it away.
    }
  }

  private FileStatus[] list(Path directory) throws IOException {
    try {
      return files.listStatus(directory);
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }

  private static boolean isOwner(FileStatus file) {
    return file.getPath().getName().startsWith(OWNER);
  }

  /** The process that a run is of; 0 if that can't be read. */
  private long owner(FileStatus[] run) throws IOException {
    for (FileStatus file : run) {
      if (isOwner(file)) {
        try (InputStream in = files.open(file.getPath())) {
          String[] words = new String(in.readAllBytes(), UTF_8).split("\\s", 3);
          return words.length < 3 ? 0 : Long.parseLong(words[1]);
        } catch (FileNotFoundException e) {
          return owner(list(file.getPath().getParent())); // It was just replaced.
        }
      }
    }
    return 0;
  }

  /** The files that readers see. */
  List<String> published() throws IOException {
    List<String> names = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> all = files.listFiles(folder, true);
    while (all.hasNext()) {
      String name = all.next().getPath().toUri().getPath();
      if (!name.contains("/_")) {
        names.add(name);
      }
    }
    names.sort(null);
    return names;
  }

  String topic() {
    return topic;
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
