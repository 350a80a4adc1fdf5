package io.flafka.chaos;

import io.flafka.testbed.Broker;
import io.flafka.testbed.FlumeHome;
import io.flafka.testbed.Hdfs;
import io.flafka.testbed.Home;
import io.flafka.testbed.JavaProcess;
import io.flafka.testbed.Tarball;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that faults can strike: a broker, an HDFS and two agents. For one thread. */
final class Stage implements AutoCloseable {
  static final String LANDING = "/weblogs";
  private static final int PARTITIONS = 4;

  /** One deletes what it has read, the other one renames it. */
  private static final String LEFT = "agent1.sources.spool.deletePolicy = immediate\n";

  private static final String RIGHT = "";

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Broker broker;
  private final Hdfs hdfs;
  private final Audit audit;
  private final Optional<SmallDisk> disk;
  private final List<Carrier> carriers = new ArrayList<>();

  /**
   * Where agents find what they need.
   *
   * @param landing the folder's URI
   */
  record Addresses(String bootstrapServers, String landing) {}

  /**
   * Starts all of it.
   *
   * @param more what both agents' configurations say, too
   * @param rules that both agents follow all the time
   */
  Stage(Pipeline pipeline, String more, String rules, Path folder) throws IOException {
    try {
      broker =
          opened(Broker.start(folder.resolve("broker"), JavaProcess.Lifetime.LEASHED, Map.of()));
      hdfs = opened(Hdfs.start(folder.resolve("hdfs"), JavaProcess.Lifetime.LEASHED));
      // A record's time is its request's, which was long ago.
      broker.createTopic(Pipeline.TOPIC, PARTITIONS, Map.of("retention.ms", "-1"));
      FlumeHome home = FlumeHome.assemble(folder.resolve("flume")).unpack(Tarball.withHadoop());
      Addresses addresses = new Addresses(broker.bootstrapServers(), hdfs.uri() + LANDING);
      audit = new Audit(home, addresses, folder.resolve("audit"));
      Path conf = conf(folder.resolve("conf"));
      Path small = folder.resolve("disk");
      disk = SmallDisk.mount(small);
      disk.ifPresent(this::opened);
      Carrier.Surroundings around = new Carrier.Surroundings(addresses, home, conf, rules);
      carriers.add(
          opened(
              new Carrier("left", pipeline, LEFT + more, around, small, folder.resolve("left"))));
      Path right = folder.resolve("right");
      carriers.add(
          opened(
              new Carrier("right", pipeline, RIGHT + more, around, right.resolve("disk"), right)));
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** As the project's own, with what a client must know of an HDFS that has one DataNode. */
  private static Path conf(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String file : List.of("flume-env.sh", "log4j2.xml")) {
      Files.copy(Home.root().resolve("conf").resolve(file), folder.resolve(file));
    }
    Files.writeString(
        folder.resolve("hdfs-site.xml"),
        """
        <configuration>
          <property><name>dfs.replication</name><value>1</value></property>
        </configuration>
        """);
    return folder;
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  Broker broker() {
    return broker;
  }

  Hdfs hdfs() {
    return hdfs;
  }

  Audit audit() {
    return audit;
  }

  /** Where the left one's spooling directory is; empty where nobody may mount a disk. */
  Optional<SmallDisk> disk() {
    return disk;
  }

  List<Carrier> carriers() {
    return carriers;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        System.err.println("chaos: can't clean up: " + e);
      }
    }
  }
}
