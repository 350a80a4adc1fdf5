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
import java.util.TreeMap;

/** All that faults can strike: a broker, an HDFS and two agents. For one thread. */
final class Stage implements AutoCloseable {
  static final String LANDING = "/weblogs";
  private static final int PARTITIONS = 4;

  /** One deletes what it has read, the other one renames it. */
  private static final Map<String, String> CARRIERS =
      new TreeMap<>(Map.of("left", "agent1.sources.spool.deletePolicy = immediate\n", "right", ""));

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Broker broker;
  private final Hdfs hdfs;
  private final Audit audit;
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
   */
  Stage(Pipeline pipeline, String more, Path folder) throws IOException {
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
      for (Map.Entry<String, String> each : CARRIERS.entrySet()) {
        String name = each.getKey();
        String own = each.getValue() + more;
        carriers.add(
            opened(new Carrier(name, pipeline, addresses, own, home, conf, folder.resolve(name))));
      }
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
