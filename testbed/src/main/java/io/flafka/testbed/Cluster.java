package io.flafka.testbed;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Node;

/**
 * Three brokers, which keep each record three times and commit it when two of them have it. The
 * first is the cluster's only controller, too; the others can be killed and restarted.
 */
public final class Cluster implements AutoCloseable {
  /** Node 1 is not among them. */
  public static final List<Integer> MORTAL = List.of(2, 3);

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final Map<String, String> SETTINGS =
      Map.of(
          "default.replication.factor", "3",
          "min.insync.replicas", "2",
          "offsets.topic.replication.factor", "3",
          "transaction.state.log.replication.factor", "3",
          "transaction.state.log.min.isr", "2",
          "replica.lag.time.max.ms", "5000");

  private final List<Broker> brokers = new ArrayList<>();

  private Cluster() {}

  /** Starts them, and waits until they know each other. */
  public static Cluster start(Path directory, JavaProcess.Lifetime lifetime) throws IOException {
    Cluster cluster = new Cluster();
    try {
      Broker first = Broker.start(directory.resolve("node-1"), lifetime, SETTINGS);
      cluster.brokers.add(first);
      for (int node : MORTAL) {
        cluster.brokers.add(first.join(directory.resolve("node-" + node), node));
      }
      cluster.awaitNodes(cluster.brokers.size());
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** {@code host:port} of all of them, for clients. */
  public String bootstrapServers() {
    return brokers.stream().map(Broker::bootstrapServers).collect(Collectors.joining(","));
  }

  /** One that is never killed, to ask. */
  public Broker first() {
    return brokers.get(0);
  }

  /**
   * Creates a topic with three partitions, led by the nodes 2, 3 and 1 as long as they live, and
   * returns its name.
   */
  public String createTopic(String name) {
    Map<Integer, List<Integer>> replicas =
        Map.of(0, List.of(2, 3, 1), 1, List.of(3, 1, 2), 2, List.of(1, 2, 3));
    try (Admin admin = first().admin()) {
      admin
          .createTopics(List.of(new NewTopic(name, replicas)))
          .all()
          .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      return name;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while creating topic " + name, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Can't create topic " + name, e);
    }
  }

  /** Ends one of the {@link #MORTAL} as a power failure would. */
  public void kill(int node) {
    brokers.get(node - 1).kill();
  }

  /** Starts it again, and waits until it has joined. */
  public void restart(int node) throws IOException {
    brokers.get(node - 1).restart();
    awaitNodes(1 + (int) brokers.stream().skip(1).filter(b -> b.process().isAlive()).count());
  }

  private void awaitNodes(int count) {
    try (Admin admin = first().admin()) {
      Await.until(
          count + " brokers are there",
          LIMIT,
          () ->
              admin.describeCluster().nodes().get(LIMIT.toSeconds(), TimeUnit.SECONDS).stream()
                      .map(Node::id)
                      .distinct()
                      .count()
                  >= count);
    }
  }

  @Override
  public void close() {
    for (int i = brokers.size() - 1; i >= 0; i--) {
      brokers.get(i).close();
    }
  }
}
